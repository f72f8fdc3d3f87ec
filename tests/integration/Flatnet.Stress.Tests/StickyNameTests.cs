using System.Text.Json.Nodes;
using Flatnet.Stress.Tests.Driver;

namespace Flatnet.Stress.Tests;

/// <summary>A name keeps its address; only a full pool takes one away, and never a static one.</summary>
public sealed class StickyNameTests : IDisposable
{
    // Five addresses: .2 to .6
    private static readonly JsonObject Small = StressHost.Network(subnet: "10.87.1.0/29");

    private readonly StressHost _host = new(7);

    public void Dispose()
    {
        _host.Dispose();
    }

    [HostFact("cc")]
    public void Run_and_remove_with_the_same_name_gives_the_same_address_and_hardware_address()
    {
        JsonObject network = StressHost.Network();
        string address = _host.Attach(network, "c1", "web");
        string mac = MacOf("c1");
        for (int run = 0; run < 5; run++)
        {
            _host.Detach(network, "c1");
            Assert.NotEqual(address, _host.Attach(network, "c2", $"other-{run}"));
            Assert.Equal(address, _host.Attach(network, "c1", "web"));
            Assert.Equal(mac, MacOf("c1"));
            _host.Detach(network, "c2");
        }
    }

    [HostFact("cc")]
    public void In_a_full_pool_the_name_that_was_not_used_for_longest_gives_way()
    {
        string[] names = ["a", "b", "c", "d", "e"];
        Dictionary<string, string> addresses = [];
        foreach (string name in names)
        {
            addresses[name] = _host.Attach(Small, "c1", name);
            _host.Detach(Small, "c1");
        }

        Assert.Equal(5, addresses.Values.Distinct().Count());

        // Used again: now b is the one that was not used for longest.
        Assert.Equal(addresses["a"], _host.Attach(Small, "c1", "a"));
        _host.Detach(Small, "c1");

        Assert.Equal(addresses["b"], _host.Attach(Small, "c1", "f"));
        Assert.Equal(addresses["a"], _host.Attach(Small, "c2", "a"));
        Assert.Equal(addresses["d"], _host.Attach(Small, "c3", "d"));
        Assert.Equal(addresses["e"], _host.Attach(Small, "c4", "e"));

        // The owner of c's address is stopped, and b comes back: c gives way, not one of those that run.
        Assert.Equal(addresses["c"], _host.Attach(Small, "c5", "b"));
        Assert.Equal(110, ErrorObject.Of(_host.TryAttach(Small, "c6", "c")).Code);
    }

    [HostFact("cc")]
    public void A_static_reservation_is_given_to_nobody_else()
    {
        JsonObject network = Small.DeepClone().AsObject();
        network["ipam"]!["reservations"] = new JsonObject { ["db"] = "10.87.1.4" };
        string[] others = [.. Enumerable.Range(1, 4).Select(number => _host.Attach(network, $"c{number}", $"name-{number}"))];

        Assert.DoesNotContain("10.87.1.4", others);
        var error = ErrorObject.Of(_host.TryAttach(network, "c5", "one-too-many"));
        Assert.Equal(110, error.Code);
        error.AssertMentions("1 kept by static reservations", "4 of 5");
        Assert.Equal(111, ErrorObject.Of(_host.TryAttach(network, "c5", "thief", "10.87.1.4")).Code);

        Assert.Equal("10.87.1.4", _host.Attach(network, "c6", "db"));
    }

    [HostFact("cc")]
    public void A_static_reservation_in_the_state_file_survives_a_crowd()
    {
        // As `flatnet ipam reserve` writes it.
        JsonObject ipam = StressHost.IpamAlone(Small);
        _host.Attach(Small, "c1", "first");
        _host.Detach(Small, "c1");
        JsonNode document = LeaseState.Document(_host.Sandbox);
        JsonArray reservations = document["reservations"]!.AsArray();
        JsonNode reserved = reservations[0]!.DeepClone();
        reserved["name"] = "db";
        reserved["ip"] = new JsonArray("10.87.1.5");
        reserved["static"] = true;
        reservations.Add(reserved);
        _host.Sandbox.Write(StressHost.StateFile, document.ToJsonString());

        Outcome[] outcomes = _host.Crowd.RunAtOnce(
            Enumerable.Range(1, 16).Select(number => Job.Of(StressHost.Call("ADD", ipam, $"x{number}", $"name-{number}") with { NamespacePath = "/run/netns/c1" })));

        string[] given = [.. outcomes.Where(outcome => outcome.ExitCode == 0).Select(outcome => StressHost.AddressIn(outcome.Output))];
        Assert.Equal(["10.87.1.2", "10.87.1.3", "10.87.1.4", "10.87.1.6"], given.Order(StringComparer.Ordinal));
        Assert.All(outcomes.Where(outcome => outcome.ExitCode != 0), outcome => Assert.Equal(110, (int)JsonNode.Parse(outcome.Output)!["code"]!));
        Assert.Equal("10.87.1.5", _host.Attach(Small, "c2", "db"));
    }

    private string MacOf(string container)
    {
        return _host.Look(container).Macs[$"{container} eth0"];
    }
}
