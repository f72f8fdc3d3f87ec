namespace Flatnet.Plugin.Tests.Results;

/// <summary>VERSION, and what the plugin says to somebody who calls it by hand.</summary>
public sealed class VersionTests : IDisposable
{
    private const string Expected =
        """{"cniVersion":"1.1.0","supportedVersions":["0.1.0","0.2.0","0.3.0","0.3.1","0.4.0","1.0.0","1.1.0"]}""";

    private readonly Sandbox _sandbox = new();

    public void Dispose()
    {
        _sandbox.Dispose();
    }

    [PluginTheory]
    [InlineData("<&-")]
    [InlineData("</dev/null")]
    [InlineData("<<'.'\n{\"cniVersion\":\"0.4.0\"}\n.\n")]
    [InlineData("<<'.'\nthis is no JSON\n.\n")]
    public void Version_needs_no_input(string input)
    {
        CommandResult result = _sandbox.Shell($"exec env CNI_COMMAND=VERSION CNI_CONTAINERID= CNI_NETNS=dummy CNI_IFNAME=dummy CNI_PATH=dummy {Sandbox.PluginDirectory}/flatnet {input}");

        Assert.Equal(Expected + "\n", result.Output);
        Assert.Equal("", result.Error);
    }

    [PluginTheory]
    [InlineData("flatnet", "flatnet: ")]
    [InlineData("flatnet-ipam", "flatnet-ipam: ")]
    [InlineData("bridge", "flatnet: ")]
    [InlineData("host-local", "flatnet-ipam: ")]
    public void By_hand_it_says_what_it_is(string name, string about)
    {
        _sandbox.Shell($"[ -e {Sandbox.PluginDirectory}/{name} ] || ln -s flatnet {Sandbox.PluginDirectory}/{name}");

        CommandResult result = _sandbox.Run($"{Sandbox.PluginDirectory}/{name}");

        Assert.Equal("", result.Output);
        Assert.StartsWith(about, result.Error, StringComparison.Ordinal);
        Assert.Contains("CNI protocol versions supported: 0.1.0, 0.2.0, 0.3.0, 0.3.1, 0.4.0, 1.0.0, 1.1.0\n", result.Error, StringComparison.Ordinal);
    }

    [PluginFact]
    public void Nobody_listening_is_a_failure_and_no_crash()
    {
        CommandResult result = _sandbox.Try(["sh", "-c", $"CNI_COMMAND=VERSION {Sandbox.PluginDirectory}/flatnet >/dev/full"]);

        Assert.Equal(1, result.ExitCode);
    }
}
