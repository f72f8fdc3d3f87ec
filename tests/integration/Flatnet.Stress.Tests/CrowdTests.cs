using System.Text.Json.Nodes;
using Flatnet.Stress.Tests.Driver;

namespace Flatnet.Stress.Tests;

/// <summary>Many calls at once: what two processes must not do to each other.</summary>
public sealed class CrowdTests : IDisposable
{
    private const int Size = 64;
    private const string EgressRule = "flatnet flatnet egress 10.87.1.0/24";

    private static readonly JsonObject Network = StressHost.Network();

    private readonly StressHost _host = new(Size);

    public void Dispose()
    {
        _host.Dispose();
    }

    [HostFact("cc", "nft")]
    public void Sixty_four_come_at_once_and_go_at_once()
    {
        Job look = Crowd.Look(_host.Containers);
        Job[] adds = [.. _host.Containers.Select(name => StressHost.Add(Network, name))];
        Job[] deletes = [.. _host.Containers.Select(name => StressHost.Delete(Network, name))];

        // Each time from nothing: bridge, lock file, state directory, log and table are made by whoever is first.
        Outcome[][] rounds = _host.Crowd.RunRounds([adds, [look], deletes, [look], adds, [look], deletes, [look], adds, [look], deletes, [look]]);

        for (int round = 0; round < rounds.Length; round += 4)
        {
            AssertAttached(rounds[round], new Snapshot(rounds[round + 1][0].Output), EgressRule);
            AssertGone(rounds[round + 2], new Snapshot(rounds[round + 3][0].Output));
        }

        AssertLogged(3 * Size * 2);
    }

    [HostFact("cc", "nft")]
    public void Half_come_while_the_other_half_go()
    {
        string[] odd = [.. _host.Containers.Where((_, index) => index % 2 == 0)];
        string[] even = [.. _host.Containers.Except(odd)];
        _host.Crowd.RunAtOnce(odd.Select(name => StressHost.Add(Network, name))).ToList().ForEach(outcome => outcome.ExpectSuccess());
        List<Job[]> rounds = [];
        for (int turn = 0; turn < 3; turn++)
        {
            rounds.Add(Swap(odd, even));
            rounds.Add([Crowd.Look(_host.Containers)]);
            rounds.Add(Swap(even, odd));
            rounds.Add([Crowd.Look(_host.Containers)]);
        }

        rounds.Add([.. odd.Select(name => StressHost.Delete(Network, name))]);
        rounds.Add([Crowd.Look(_host.Containers)]);
        Outcome[][] outcomes = _host.Crowd.RunRounds(rounds);

        for (int round = 0; round < outcomes.Length - 2; round += 2)
        {
            Outcome[] added = [.. outcomes[round].Where(outcome => outcome.Job.Name.StartsWith("ADD", StringComparison.Ordinal))];
            outcomes[round].Except(added).ToList().ForEach(outcome => outcome.ExpectSuccess());
            AssertAttached(added, new Snapshot(outcomes[round + 1][0].Output), EgressRule);
        }

        AssertGone(outcomes[^2], new Snapshot(outcomes[^1][0].Output));
    }

    [HostFact("cc", "nft")]
    public void The_bridge_is_never_deleted_under_an_add()
    {
        // The last container leaves while the next ones come: the bridge looks empty in between.
        const int turns = 40;
        _host.Crowd.Run(StressHost.Add(Network, "c1")).ExpectSuccess();
        string[] present = ["c1"];
        List<Job[]> rounds = [];
        for (int turn = 0; turn < turns; turn++)
        {
            string[] next = present[0] == "c1" ? ["c2", "c3"] : ["c1"];
            rounds.Add(Swap(present, next));
            rounds.Add([Crowd.Look("c1", "c2", "c3")]);
            present = next;
        }

        rounds.Add([.. present.Select(name => StressHost.Delete(Network, name))]);
        rounds.Add([Crowd.Look()]);
        Outcome[][] outcomes = _host.Crowd.RunRounds(rounds);

        for (int round = 0; round < outcomes.Length - 2; round += 2)
        {
            Outcome[] added = [.. outcomes[round].Where(outcome => outcome.Job.Name.StartsWith("ADD", StringComparison.Ordinal))];
            AssertAttached(added, new Snapshot(outcomes[round + 1][0].Output), EgressRule);
        }

        AssertGone(outcomes[^2], new Snapshot(outcomes[^1][0].Output));
    }

    [HostFact("cc", "nft")]
    public void Two_networks_share_a_bridge()
    {
        JsonObject low = StressHost.Network("low", first: "10.87.1.2", last: "10.87.1.99");
        JsonObject high = StressHost.Network("high", first: "10.87.1.100", last: "10.87.1.254");
        JsonObject NetworkOf(int index) => index % 2 == 0 ? low : high;
        Job[] adds = [.. _host.Containers.Select((name, index) => StressHost.Add(NetworkOf(index), name))];
        Job[] deletes = [.. _host.Containers.Select((name, index) => StressHost.Delete(NetworkOf(index), name))];
        Job look = Crowd.Look(_host.Containers);

        Outcome[][] rounds = _host.Crowd.RunRounds(
            [adds, [look], [.. deletes.Where((_, index) => index % 2 == 0)], [look], [.. deletes.Where((_, index) => index % 2 != 0)], [look], adds, [look], deletes, [look]]);

        AssertAttached(rounds[0], new Snapshot(rounds[1][0].Output), "flatnet high egress 10.87.1.0/24", "flatnet low egress 10.87.1.0/24");
        Assert.All(rounds[2], outcome => outcome.ExpectSuccess());
        Assert.Equal(["flatnet high egress 10.87.1.0/24"], new Snapshot(rounds[3][0].Output).Rules);
        AssertGone(rounds[4], new Snapshot(rounds[5][0].Output), "low", "high");
        AssertAttached(rounds[6], new Snapshot(rounds[7][0].Output), "flatnet high egress 10.87.1.0/24", "flatnet low egress 10.87.1.0/24");
        AssertGone(rounds[8], new Snapshot(rounds[9][0].Output), "low", "high");
    }

    [HostFact("cc", "nft")]
    public void A_network_that_goes_takes_no_rule_of_a_network_that_comes()
    {
        // They have nothing in common but the table that goes with its last rule.
        const int turns = 30;
        JsonObject[] networks = [StressHost.Network("one", "br-one", "10.87.1.0/24"), StressHost.Network("two", "br-two", "10.87.2.0/24")];
        string[] rules = ["flatnet one egress 10.87.1.0/24", "flatnet two egress 10.87.2.0/24"];
        _host.Crowd.Run(StressHost.Add(networks[0], "c1")).ExpectSuccess();
        List<Job[]> rounds = [];
        for (int turn = 1; turn <= turns; turn++)
        {
            rounds.Add([StressHost.Delete(networks[(turn + 1) % 2], $"c{turn}"), StressHost.Add(networks[turn % 2], $"c{turn + 1}")]);
            rounds.Add([Crowd.Look()]);
        }

        rounds.Add([StressHost.Delete(networks[turns % 2], $"c{turns + 1}")]);
        rounds.Add([Crowd.Look()]);
        Outcome[][] outcomes = _host.Crowd.RunRounds(rounds);

        for (int turn = 1; turn <= turns; turn++)
        {
            Assert.All(outcomes[(2 * turn) - 2], outcome => outcome.ExpectSuccess());
            Assert.Equal([rules[turn % 2]], new Snapshot(outcomes[(2 * turn) - 1][0].Output).Rules);
        }

        AssertGone(outcomes[^2], new Snapshot(outcomes[^1][0].Output), "one", "two");
    }

    [HostFact("cc", "nft")]
    public void Networks_that_come_at_once_share_directories_and_the_table()
    {
        string[] numbers = [.. Enumerable.Range(1, 16).Select(number => $"{number}")];
        JsonObject[] networks = [.. numbers.Select(number => StressHost.Network($"net{number}", $"br{number}", $"10.87.{number}.0/24"))];
        Job[] adds = [.. networks.Select((network, index) => StressHost.Add(network, _host.Containers[index]))];
        Job[] deletes = [.. networks.Select((network, index) => StressHost.Delete(network, _host.Containers[index]))];
        for (int turn = 0; turn < 4; turn++)
        {
            _host.Sandbox.Shell("rm -rf /run/flatnet /var/log/flatnet /var/lib/cni");

            Outcome[][] outcomes = _host.Crowd.RunRounds([adds, [Crowd.Look()], deletes, [Crowd.Look()]]);

            Assert.All(outcomes[0], outcome => outcome.ExpectSuccess());
            Assert.All(outcomes[0], outcome => Assert.Equal("", outcome.Error));
            Assert.Equal(networks.Length, new Snapshot(outcomes[1][0].Output).Rules.Count);
            AssertGone(outcomes[2], new Snapshot(outcomes[3][0].Output), [.. numbers.Select(number => $"net{number}")]);
            AssertLogged(2 * networks.Length);
        }
    }

    [HostFact("cc", "nft")]
    public void Every_call_of_a_crowd_of_strangers_is_logged()
    {
        Job[] deletes = [.. _host.Containers.Select(name => StressHost.Delete(Network, name))];
        for (int turn = 0; turn < 4; turn++)
        {
            _host.Sandbox.Shell("rm -rf /run/flatnet /var/log/flatnet");

            Outcome[] outcomes = _host.Crowd.RunAtOnce(deletes);

            Assert.All(outcomes, outcome => Assert.Equal("", outcome.ExpectSuccess().Error));
            AssertLogged(Size);
        }
    }

    private static Job[] Swap(string[] leaving, string[] coming)
    {
        IEnumerable<Job> deletes = leaving.Select(name => StressHost.Delete(Network, name));
        IEnumerable<Job> adds = coming.Select(name => StressHost.Add(Network, name));
        return [.. deletes.Concat(adds)];
    }

    private static void AssertAttached(Outcome[] added, Snapshot snapshot, params string[] rules)
    {
        Assert.All(added, outcome => outcome.ExpectSuccess());
        Assert.All(added, outcome => Assert.Equal("", outcome.Error));
        List<string> hostEnds = [];
        foreach (Outcome outcome in added)
        {
            string node = outcome.Job.Environment["CNI_CONTAINERID"]["id-".Length..];
            JsonNode result = JsonNode.Parse(outcome.Output)!;
            JsonArray links = result["interfaces"]!.AsArray();
            Assert.Equal((string?)result["ips"]![0]!["address"], snapshot.Addresses.GetValueOrDefault($"{node} eth0"));
            Assert.Equal((string?)links[2]!["mac"], snapshot.Macs.GetValueOrDefault($"{node} eth0"));
            hostEnds.Add((string)links[1]!["name"]!);
        }

        string[] addresses = [.. added.Select(outcome => StressHost.AddressIn(outcome.Output))];
        Assert.Distinct(addresses);
        Assert.Equal(addresses.Length, snapshot.Addresses.Count);
        Assert.Equal(hostEnds.Order(StringComparer.Ordinal), snapshot.Ports(Networks.FlatBridge).Order(StringComparer.Ordinal));
        string[] networks = [.. added.Select(outcome => (string)JsonNode.Parse(outcome.Job.Input)!["name"]!).Distinct()];
        Assert.Equal(addresses.Order(StringComparer.Ordinal), networks.SelectMany(name => snapshot.Leased(name)).Order(StringComparer.Ordinal));
        Assert.Equal(rules, snapshot.Rules.Order(StringComparer.Ordinal));
    }

    private static void AssertGone(Outcome[] deleted, Snapshot snapshot, params string[] networks)
    {
        Assert.All(deleted, outcome => outcome.ExpectSuccess());
        Assert.All(deleted, outcome => Assert.Equal("", outcome.Output + outcome.Error));
        Assert.Empty(snapshot.Traces);
        Assert.All(networks.DefaultIfEmpty(Networks.Flat), network => Assert.Empty(snapshot.Leased(network)));
    }

    // Every line is whole, and none is missing.
    private void AssertLogged(int calls)
    {
        string[] lines = _host.Sandbox.Read(StressHost.LogFile).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.NotNull(JsonNode.Parse(line)!["command"]));
        Assert.Equal(calls, lines.Length);
    }
}
