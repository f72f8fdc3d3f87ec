using System.Text.Json.Nodes;
using Flatnet.Stress.Tests.Driver;

namespace Flatnet.Stress.Tests;

/// <summary>Leases whose containers are gone, and nobody said so: after a reboot, or because somebody removed the namespaces.</summary>
public sealed class DeadLeaseTests : IDisposable
{
    private const int All = 253; // of a /24: without network, broadcast and gateway

    private static readonly JsonObject Network = StressHost.Network();

    private readonly StressHost _host = new(3);

    public void Dispose()
    {
        _host.Dispose();
    }

    [HostFact("cc")]
    public void After_a_reboot_every_name_gets_its_address_back_and_no_old_lease_counts()
    {
        FakeBoot boot = new(_host.Sandbox);
        string web = _host.Attach(Network, "c1", "web");
        string db = _host.Attach(Network, "c2", "db");
        string nameless = _host.Attach(Network, "c3");

        Reboot(boot);
        _host.AddContainers(4);

        // In another order than before, and a stranger first.
        string stranger = _host.Attach(Network, "c4", "stranger");
        Assert.DoesNotContain(stranger, new[] { web, db });
        Assert.Equal(db, _host.Attach(Network, "c5", "db"));
        Assert.Equal(web, _host.Attach(Network, "c6", "web"));
        Assert.Equal(new[] { web, db, stranger }.Order(StringComparer.Ordinal), _host.Look().Leased().Order(StringComparer.Ordinal));

        // And the nameless one's address is free for whoever asks for it.
        if (nameless != stranger)
        {
            Assert.Equal(nameless, _host.Attach(Network, "c7", address: nameless));
        }
    }

    [HostFact("cc")]
    public void A_full_pool_of_an_earlier_boot_stops_nobody()
    {
        FakeBoot boot = new(_host.Sandbox);
        FillPool(_ => "c1", boot: "/var/lib/boot_id");
        Assert.Equal(110, ErrorObject.Of(_host.TryAttach(Network, "c2")).Code);

        boot.Next();

        string address = _host.Attach(Network, "c2");
        Assert.Equal([address], _host.Look().Leased());
    }

    [HostFact("cc", "nft")]
    public void Del_after_a_reboot_is_clean()
    {
        FakeBoot boot = new(_host.Sandbox);
        _host.Attach(Network, "c1", "web");
        Reboot(boot);

        _host.Detach(Network, "c1");
        _host.Detach(Network, "c1");

        Assert.Empty(_host.Look().Leased());
        Assert.Empty(_host.Look().Traces);
    }

    [HostFact("cc")]
    public void A_full_pool_is_refused_while_its_containers_live_and_free_when_they_are_gone()
    {
        _host.AddContainers(All);
        string[] holders = [.. _host.Containers.Skip(3)];
        FillPool(number => holders[number]);

        var error = ErrorObject.Of(_host.TryAttach(Network, "c1", "web"));

        Assert.Equal(110, error.Code);
        error.AssertMentions($"\"{Networks.Flat}\"", $"{All} of {All}", $"flatnet ipam ls --network {Networks.Flat}", "10.87.1.1-10.87.1.254");
        Assert.Null(_host.KernelAddress("c1"));
        Assert.Equal(All, _host.Look().Leased().Count);

        // One is enough for one.
        _host.RemoveContainers(holders[100]);
        string only = _host.Attach(Network, "c1", "web");
        Assert.Equal(All, _host.Look().Leased().Count);
        Assert.Equal(only, _host.KernelAddress("c1"));
        Assert.Equal(110, ErrorObject.Of(_host.TryAttach(Network, "c2")).Code);

        _host.RemoveContainers(holders.Where(name => name != holders[100]));
        CommandResult second = _host.TryAttach(Network, "c2").ExpectSuccess();
        Assert.Contains("leases of containers that are gone were removed", second.Error, StringComparison.Ordinal);
        Assert.Equal([only, StressHost.AddressIn(second.Output)], _host.Look().Leased());
    }

    [HostFact("cc")]
    public void The_address_of_a_dead_container_can_be_asked_for_and_that_of_a_living_one_cannot()
    {
        const string wanted = "10.87.1.77";
        Assert.Equal(wanted, _host.Attach(Network, "c1", "first", wanted));

        var error = ErrorObject.Of(_host.TryAttach(Network, "c2", "second", wanted));
        Assert.Equal(111, error.Code);
        error.AssertMentions(wanted, "first", "id-c1");

        // What kill -9 of the runtime leaves: a lease, and no namespace.
        _host.RemoveContainers("c1");
        Assert.Equal(wanted, _host.Attach(Network, "c2", "second", wanted));
        Assert.Equal(wanted, _host.KernelAddress("c2"));
        Assert.Equal([wanted], _host.Look().Leased());

        // The runtime of the first wakes up again: its DEL must not touch the second.
        _host.Detach(Network, "c1");
        Assert.Equal([wanted], _host.Look().Leased());
        Assert.Equal(wanted, _host.KernelAddress("c2"));
    }

    [HostFact("cc", "nft")]
    public void A_namespace_removed_before_del_leaves_nothing_behind()
    {
        _host.Attach(Network, "c1");
        _host.RemoveContainers("c1");

        _host.Detach(Network, "c1");

        Assert.Empty(_host.Look().Traces);
        Assert.Empty(_host.Look().Leased());
    }

    private void Reboot(FakeBoot boot)
    {
        _host.RemoveContainers("c1", "c2", "c3");
        _host.Sandbox.Shell($"ip link del {Networks.FlatBridge}; nft flush ruleset");
        boot.Next();
    }

    private void FillPool(Func<int, string> namespaceOf, string? boot = null)
    {
        JsonObject ipam = StressHost.IpamAlone(Network);
        Job Fill(int number)
        {
            var job = Job.Of(StressHost.Call("ADD", ipam, $"full-{number}") with { NamespacePath = $"/run/netns/{namespaceOf(number)}" });
            return boot is null ? job : job with { Environment = new Dictionary<string, string>(job.Environment) { ["FLATNET_BOOT_ID_FILE"] = boot } };
        }

        Outcome[][] outcomes = _host.Crowd.RunRounds([.. Enumerable.Range(0, All).Select(Fill).Chunk(16)]);
        Assert.All(outcomes.SelectMany(round => round), outcome => outcome.ExpectSuccess());
    }
}
