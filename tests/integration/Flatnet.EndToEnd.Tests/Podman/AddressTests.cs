using Flatnet.EndToEnd.Tests.Harness;

namespace Flatnet.EndToEnd.Tests.Podman;

/// <summary>Which address a Podman container gets, and that it is there for everybody.</summary>
public sealed class AddressTests : IDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly PodmanHost _podman;

    public AddressTests()
    {
        _podman = new PodmanHost(_sandbox);
        _sandbox.AddNetwork(Networks.Flatnet());
    }

    public void Dispose()
    {
        _sandbox.Dispose();
    }

    [HostFact("podman", "runc")]
    public void Host_reaches_a_container_by_its_address()
    {
        _podman.RunWeb("web");

        string address = _podman.AddressOf("web");

        Assert.StartsWith("10.87.1.", address, StringComparison.Ordinal);
        Assert.True(Traffic.From(_sandbox).Pings(address));
        Assert.Equal(WebFiles.IndexPage.TrimEnd(), Traffic.From(_sandbox).Fetch(address));
        Assert.Equal("web", Traffic.From(_sandbox).Fetch(address, WebFiles.NamePath));
    }

    [HostFact("podman", "runc")]
    public void Containers_have_different_addresses_and_reach_each_other_without_translation()
    {
        string[] names = ["alpha", "beta", "gamma"];
        foreach (string name in names)
        {
            _podman.RunWeb(name);
        }

        Dictionary<string, string> addresses = names.ToDictionary(name => name, name => _podman.AddressOf(name));
        Assert.Equal(3, addresses.Values.Distinct().Count());
        foreach (string from in names)
        {
            foreach (string to in names.Where(name => name != from))
            {
                Assert.True(_podman.From(from).Pings(addresses[to]), $"{from} pings {to}");
                Assert.Equal(to, _podman.From(from).Fetch(addresses[to], WebFiles.NamePath));
                Assert.Equal(addresses[from], _podman.From(from).AddressSeenBy(addresses[to]));
            }
        }
    }

    [HostFact("podman", "runc")]
    public void The_container_sees_the_gateway_as_its_way_out()
    {
        _podman.RunWeb("web");

        string routes = _podman.Run("exec", "web", "ip", "route").Output;

        Assert.Contains($"default via {Networks.FlatGateway} dev eth0", routes, StringComparison.Ordinal);
        Assert.True(_podman.From("web").Pings(Networks.FlatGateway));
    }

    [HostFact("podman", "runc")]
    public void Asked_for_address_and_mac_are_given()
    {
        _podman.RunWeb("web", "--ip", "10.87.1.77", "--mac-address", "02:aa:bb:cc:dd:01");

        Assert.Equal("10.87.1.77", _podman.AddressOf("web"));
        Assert.Equal("02:aa:bb:cc:dd:01", _podman.MacOf("web"));
        Assert.Equal("02:aa:bb:cc:dd:01", _podman.Run("exec", "web", "cat", "/sys/class/net/eth0/address").Text);
        Assert.Equal("web", Traffic.From(_sandbox).Fetch("10.87.1.77", WebFiles.NamePath));
    }

    [HostFact("podman", "runc", "nft")]
    public void An_address_outside_the_network_is_refused_and_nothing_stays()
    {
        IReadOnlyList<string> before = HostTraces.Of(_sandbox);

        CommandResult refused = _podman.TryRunWeb("web", "--ip", "10.99.0.5").ExpectFailure();

        Assert.Contains("10.99.0.5", refused.Error, StringComparison.Ordinal);
        Assert.Contains("plugin type=\"flatnet\" failed (add)", refused.Error, StringComparison.Ordinal);
        Assert.NotEqual("running", _podman.StateOf("web"));
        _podman.Run("rm", "--force", "web");
        HostTraces.AssertSame(before, _sandbox);
    }

    [HostFact("podman", "runc")]
    public void An_address_in_use_is_refused_and_its_holder_goes_on()
    {
        _podman.RunWeb("first", "--ip", "10.87.1.77");

        CommandResult refused = _podman.TryRunWeb("second", "--ip", "10.87.1.77").ExpectFailure();

        Assert.Contains("10.87.1.77", refused.Error, StringComparison.Ordinal);
        Assert.Equal("first", Traffic.From(_sandbox).Fetch("10.87.1.77", WebFiles.NamePath));
    }

    [HostFact("podman", "runc")]
    public void A_container_can_be_in_two_networks()
    {
        _sandbox.AddNetwork(Networks.Flatnet("second", "flatnet-br1", "10.87.2.0/24"));

        _podman.RunWeb("web", "--network", "flatnet,second");

        string first = _podman.AddressOf("web");
        string second = _podman.AddressOf("web", "second");
        Assert.StartsWith("10.87.1.", first, StringComparison.Ordinal);
        Assert.StartsWith("10.87.2.", second, StringComparison.Ordinal);
        Assert.Equal("web", Traffic.From(_sandbox).Fetch(first, WebFiles.NamePath));
        Assert.Equal("web", Traffic.From(_sandbox).Fetch(second, WebFiles.NamePath));

        _podman.Run("network", "disconnect", "second", "web");
        Assert.Equal("web", Traffic.From(_sandbox).Fetch(first, WebFiles.NamePath));
        Assert.Null(Traffic.From(_sandbox).Fetch(second, WebFiles.NamePath));
    }
}
