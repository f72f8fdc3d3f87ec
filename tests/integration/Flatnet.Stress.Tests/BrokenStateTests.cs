using System.Text.Json.Nodes;

namespace Flatnet.Stress.Tests;

/// <summary>A state file that is not what it should be: rebuilt from what is live, or refused, and never lost.</summary>
public sealed class BrokenStateTests : IDisposable
{
    private static readonly JsonObject Network = StressHost.Network();

    private readonly StressHost _host = new(4);

    public void Dispose()
    {
        _host.Dispose();
    }

    [HostFact("cc")]
    public void A_truncated_file_is_set_aside_and_rebuilt()
    {
        AssertRebuilt(document => document[..(document.Length / 2)]);
    }

    [HostFact("cc")]
    public void An_empty_file_is_set_aside_and_rebuilt()
    {
        AssertRebuilt(_ => "");
    }

    [HostFact("cc")]
    public void A_garbage_file_is_set_aside_and_rebuilt()
    {
        AssertRebuilt(_ => "\u0000\u0001\ufffd not JSON at all }{ \"leases\": ");
    }

    [HostFact("cc")]
    public void A_file_of_another_type_is_set_aside_and_rebuilt()
    {
        AssertRebuilt(_ => "[1, 2, 3]");
    }

    [HostFact("cc")]
    public void A_file_whose_parts_have_other_types_is_set_aside_and_rebuilt()
    {
        AssertRebuilt(_ => "{\"version\":1,\"network\":\"flatnet\",\"leases\":\"none\",\"reservations\":7}");
    }

    [HostFact("cc")]
    public void A_file_without_version_is_set_aside_and_rebuilt()
    {
        AssertRebuilt(document => document.Replace("\"version\":1", "\"version\":\"1\"", StringComparison.Ordinal));
    }

    [HostFact("cc")]
    public void A_missing_file_is_rebuilt()
    {
        string[] live = [_host.Attach(Network, "c1", "web"), _host.Attach(Network, "c2")];
        File.Delete(_host.Sandbox.Outside(StressHost.StateFile));

        CommandResult result = _host.TryAttach(Network, "c3").ExpectSuccess();

        AssertKnown(live, StressHost.AddressIn(result.Output));
        Assert.Contains("was missing", result.Error, StringComparison.Ordinal);
        Assert.Contains("was missing", LastLogLine(), StringComparison.Ordinal);
    }

    [HostFact("cc")]
    public void Del_on_a_broken_file_is_clean_and_the_next_add_rebuilds()
    {
        _host.Attach(Network, "c1", "web");
        string other = _host.Attach(Network, "c2");
        _host.Sandbox.Write(StressHost.StateFile, "");

        CommandResult deleted = _host.TryDetach(Network, "c1").ExpectSuccess();

        Assert.Contains("does not parse", deleted.Error, StringComparison.Ordinal);
        Assert.Null(_host.KernelAddress("c1"));
        Assert.Equal(other, _host.KernelAddress("c2"));
        string third = _host.Attach(Network, "c3");
        Assert.NotEqual(other, third);
        Assert.Equal(new[] { other, third }.Order(StringComparer.Ordinal), _host.Look().Leased().Order(StringComparer.Ordinal));
        Assert.Single(SetAside());
    }

    [HostFact("cc", "nft")]
    public void A_file_of_a_newer_version_is_refused_and_left_alone()
    {
        _host.Attach(Network, "c1");
        const string newer = "{\"version\": 99, \"network\": \"flatnet\", \"pools\": {}}";
        _host.Sandbox.Write(StressHost.StateFile, newer);
        IReadOnlyList<string> traces = _host.Look().Traces;

        var error = ErrorObject.Of(_host.TryAttach(Network, "c2"));

        Assert.Equal(114, error.Code);
        error.AssertMentions(StressHost.StateFile, "99");
        Assert.NotEqual("", error.Details);
        Assert.Equal(traces, _host.Look().Traces);
        Assert.Equal(114, ErrorObject.Of(_host.TryDetach(Network, "c1")).Code);
        Assert.Null(_host.KernelAddress("c1"));
        Assert.Equal(newer, _host.Sandbox.Read(StressHost.StateFile));
        Assert.Empty(SetAside());
    }

    [HostFact("cc", "nft")]
    public void A_symbolic_link_is_refused_and_not_followed()
    {
        _host.Attach(Network, "c1");
        string document = _host.Sandbox.Read(StressHost.StateFile);
        _host.Sandbox.Shell($"mv {StressHost.StateFile} /tmp/elsewhere; ln -s /tmp/elsewhere {StressHost.StateFile}");

        var error = ErrorObject.Of(_host.TryAttach(Network, "c2"));

        Assert.Equal(114, error.Code);
        error.AssertMentions(StressHost.StateFile, "ELOOP", "symbolic link");
        Assert.Null(_host.KernelAddress("c2"));
        Assert.Equal(document, _host.Sandbox.Read("/tmp/elsewhere"));
    }

    [HostFact("cc")]
    public void A_directory_behind_a_symbolic_link_is_refused()
    {
        _host.Sandbox.Shell("mkdir -p /var/lib/cni /tmp/elsewhere; ln -s /tmp/elsewhere /var/lib/cni/flatnet");

        var error = ErrorObject.Of(_host.TryAttach(Network, "c1"));

        Assert.Contains(error.Code, new[] { 114, 115 });
        error.AssertMentions("/var/lib/cni/flatnet", "symbolic link");
        Assert.Empty(Directory.GetFiles(_host.Sandbox.Outside("/tmp/elsewhere")));
    }

    [HostFact("cc")]
    public void A_file_of_another_kind_does_not_hang_the_call()
    {
        _host.Attach(Network, "c1");
        _host.Sandbox.Shell($"rm {StressHost.StateFile}; mkfifo {StressHost.StateFile}");

        var error = ErrorObject.Of(_host.TryAttach(Network, "c2"));

        Assert.Equal(114, error.Code);
        error.AssertMentions(StressHost.StateFile, "not a regular file");
    }

    private void AssertRebuilt(Func<string, string> damage)
    {
        string[] live = [_host.Attach(Network, "c1", "web"), _host.Attach(Network, "c2")];
        string broken = damage(_host.Sandbox.Read(StressHost.StateFile));
        _host.Sandbox.Write(StressHost.StateFile, broken);

        CommandResult result = _host.TryAttach(Network, "c3").ExpectSuccess();

        AssertKnown(live, StressHost.AddressIn(result.Output));
        Assert.Contains("does not parse", result.Error, StringComparison.Ordinal);
        Assert.Contains("does not parse", LastLogLine(), StringComparison.Ordinal);
        string aside = Assert.Single(SetAside());
        Assert.Equal(broken, File.ReadAllText(aside));

        // The name's reservation came back with the lease.
        _host.Detach(Network, "c1");
        Assert.Equal(live[0], _host.Attach(Network, "c4", "web"));
        Assert.Single(SetAside());
    }

    private void AssertKnown(string[] live, string added)
    {
        Assert.DoesNotContain(added, live);
        Assert.Equal([.. live, added], _host.Look().Leased().Order(StringComparer.Ordinal));
        Assert.Equal(live[0], _host.KernelAddress("c1"));
        Assert.Equal(live[1], _host.KernelAddress("c2"));
    }

    private string[] SetAside()
    {
        return Directory.GetFiles(_host.Sandbox.Outside("/var/lib/cni/flatnet"), "ipam.json.broken-*");
    }

    private string LastLogLine()
    {
        return _host.Sandbox.Read(StressHost.LogFile).TrimEnd().Split('\n')[^1];
    }
}
