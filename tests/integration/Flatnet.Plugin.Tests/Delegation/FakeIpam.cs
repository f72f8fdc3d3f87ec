namespace Flatnet.Plugin.Tests.Delegation;

/// <summary>An IPAM plugin written as a shell script, which notes how it was called.</summary>
internal sealed class FakeIpam
{
    public const string Name = "fake-ipam";

    private const string Calls = "/tmp/fake-ipam.calls";
    private const string Inputs = "/tmp/fake-ipam.inputs";

    private readonly Host _host;

    /// <summary>Installs the script; <paramref name="body"/> runs with the verb in <c>$CNI_COMMAND</c>.</summary>
    public FakeIpam(Host host, string body)
    {
        _host = host;
        host.Sandbox.Write(
            $"{Sandbox.PluginDirectory}/{Name}",
            $"#!/bin/sh\necho \"$CNI_COMMAND $CNI_CONTAINERID $CNI_IFNAME $CNI_NETNS $CNI_ARGS $#\" >>{Calls}\ncat >>{Inputs}\necho >>{Inputs}\n{body}\n");
        host.Sandbox.Run("chmod", "755", $"{Sandbox.PluginDirectory}/{Name}");
        host.Sandbox.Write(Calls, "");
        host.Sandbox.Write(Inputs, "");
    }

    /// <summary>The verbs it was called with, in order.</summary>
    public IReadOnlyList<string> Verbs => [.. CallLines.Select(line => line.Split(' ')[0])];

    public IReadOnlyList<string> CallLines => _host.Sandbox.Read(Calls).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<string> InputLines => _host.Sandbox.Read(Inputs).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The shell text of an ADD that answers with <paramref name="result"/>; other verbs succeed in silence.</summary>
    public static string Answer(string result)
    {
        return $"if [ \"$CNI_COMMAND\" = ADD ]; then cat <<'.'\n{result}\n.\nfi";
    }
}
