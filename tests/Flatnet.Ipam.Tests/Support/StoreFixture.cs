using System.Net;

namespace Flatnet.Ipam.Tests;

/// <summary>One network on one store; each call goes through a facade of its own, as each call of the plugin does.</summary>
internal sealed class StoreFixture(ILeaseStore store, IDisposable? directory = null) : IDisposable
{
    public FakeHost Host { get; } = new();

    public FakeTime Time { get; } = new();

    public ILeaseStore Store => store;

    public IpamConfiguration Configuration { get; set; } = Configurations.Subnet("10.87.1.0/24");

    public IReadOnlyList<string> Warnings { get; private set; } = [];

    public static StoreFixture InMemory() => new(new MemoryLeaseStore("flatnet"));

    public static StoreFixture OnDisk()
    {
        var directory = new TemporaryDirectory();
        return new StoreFixture(new DiskLeaseStore(directory.Path, "flatnet"), directory);
    }

    public NetworkLeases Leases() => new(Configuration, store, Host, Time);

    public IPAddress Add(string container, string? name = null, params string[] requested) =>
        AddAll(container, name, requested).Addresses[0].Address;

    public IpamResult AddAll(string container, string? name = null, params string[] requested)
    {
        IpamConfiguration configuration = Configuration with { RequestedAddresses = [.. requested.Select(IPAddress.Parse)] };
        var leases = new NetworkLeases(configuration, store, Host, Time);
        IpamResult result = leases.Acquire(Request(container, name));
        Warnings = leases.Warnings;
        return result;
    }

    public Lease? Delete(string container) => Leases().Release(new Attachment(container, "eth0"));

    public static LeaseRequest Request(string container, string? name) => new()
    {
        ContainerId = container,
        InterfaceName = "eth0",
        ContainerName = name,
        NamespacePath = NamespaceOf(container),
        HostInterface = "veth" + container,
        DeriveMac = static address => "0a:58:" + string.Join(':', address.GetAddressBytes()[..4].Select(b => b.ToString("x2"))),
    };

    public static string NamespaceOf(string container) => "/run/netns/" + container;

    public void Kill(string container) => Host.Gone.Add(NamespaceOf(container));

    public void Dispose() => directory?.Dispose();
}
