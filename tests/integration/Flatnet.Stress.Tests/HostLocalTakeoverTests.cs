using System.Text.Json.Nodes;

namespace Flatnet.Stress.Tests;

/// <summary>A machine that used Debian's host-local changes to Flatnet while its containers run.</summary>
public sealed class HostLocalTakeoverTests : IDisposable
{
    private const string Directory = "/var/lib/cni/flatnet";

    private static readonly JsonObject Network = StressHost.Network();

    private readonly StressHost _host = new(6);

    public void Dispose()
    {
        _host.Dispose();
    }

    [HostFact("cc", "host-local")]
    public void Running_containers_keep_their_addresses_and_leave_no_record_when_they_go()
    {
        string[] old = [AllocateByHostLocal("c1"), AllocateByHostLocal("c2"), AllocateByHostLocal("c3")];
        Assert.All(old, address => Assert.True(HasRecord(address)));

        CommandResult added = _host.TryAttach(Network, "c4").ExpectSuccess();

        string address = StressHost.AddressIn(added.Output);
        Assert.DoesNotContain(address, old);
        Assert.Contains("3 leases were taken over from host-local", added.Error, StringComparison.Ordinal);
        Assert.Equal([.. old, address], _host.Look().Leased().Order(StringComparer.Ordinal));
        Assert.Equal(111, ErrorObject.Of(_host.TryAttach(Network, "c5", address: old[0])).Code);

        _host.Detach(Network, "c1");
        Assert.False(HasRecord(old[0]));
        Assert.True(HasRecord(old[1]));
        Assert.Equal([old[1], old[2], address], _host.Look().Leased().Order(StringComparer.Ordinal));
        Assert.Equal(old[0], _host.Attach(Network, "c5", address: old[0]));

        _host.Detach(Network, "c2");
        _host.Detach(Network, "c3");
        Assert.All(old, gone => Assert.False(HasRecord(gone)));
    }

    [HostFact("cc", "host-local")]
    public void The_first_call_may_be_the_del_of_an_old_container()
    {
        string first = AllocateByHostLocal("c1");
        string second = AllocateByHostLocal("c2");

        _host.TryDetach(Network, "c1").ExpectSuccess();

        Assert.False(HasRecord(first));
        Assert.Equal([second], _host.Look().Leased());
    }

    [HostFact("cc", "host-local")]
    public void Back_to_host_local_finds_the_addresses_of_the_gone_free()
    {
        string first = AllocateByHostLocal("c1");
        _host.Attach(Network, "c2");
        _host.Detach(Network, "c1");

        Assert.Equal(first, AllocateByHostLocal("c3", first));
    }

    private string AllocateByHostLocal(string container, string? address = null)
    {
        JsonObject configuration = Network.DeepClone().AsObject();
        configuration["type"] = "host-local";
        configuration["ipam"]!["type"] = "host-local";
        configuration["ipam"]!["dataDir"] = "/var/lib/cni";
        return StressHost.AddressIn(StressHost.Call("ADD", configuration, container, address: address).Run(_host.Sandbox).ExpectSuccess().Output);
    }

    private bool HasRecord(string address)
    {
        return File.Exists(_host.Sandbox.Outside($"{Directory}/{address}"));
    }
}
