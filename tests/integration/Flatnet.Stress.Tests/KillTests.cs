using System.Text.Json.Nodes;
using Flatnet.Stress.Tests.Driver;
using Xunit.Abstractions;

namespace Flatnet.Stress.Tests;

/// <summary>SIGKILL at any moment: the DEL that every runtime sends next leaves nothing, and no address is lost.</summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 100; // of ADD, and as many of DEL
    private const int Resident = 2;

    private static readonly JsonObject Network = StressHost.Network();

    private readonly StressHost _host = new(4);
    private readonly Random _random = Seeded(output);

    public void Dispose()
    {
        _host.Dispose();
    }

    [HostFact("cc", "nft")]
    public void An_add_killed_at_any_moment_leaves_nothing_that_del_does_not_remove()
    {
        TimeSpan alone = Measure("ADD", "c1");

        // First on an empty host, where ADD makes the bridge and DEL removes it, then beside others.
        int hits = KillAdds(Kills / 2, alone, expected: []);
        string[] beside = AttachResidents();
        hits += KillAdds(Kills / 2, Measure("ADD", "c1"), beside);

        AssertMostHit(hits);
        AssertNothingLost();
    }

    [HostFact("cc", "nft")]
    public void A_del_killed_at_any_moment_can_be_repeated()
    {
        int hits = KillDeletes(Kills / 2, Measure("DEL", "c1"), expected: []);
        string[] beside = AttachResidents();
        hits += KillDeletes(Kills / 2, Measure("DEL", "c1"), beside);

        AssertMostHit(hits);
        AssertNothingLost();
    }

    [HostFact("cc", "nft")]
    public void Kills_in_a_storm_of_state_writes_harm_nobody_else()
    {
        const int writers = 48;
        const int cycles = 3;
        JsonObject ipam = StressHost.IpamAlone(Network);
        string[] ids = [.. Enumerable.Range(1, writers).Select(number => $"w{number}")];
        Job[] adds = [.. ids.Select(id => Lease("ADD", ipam, id))];
        Job[] deletes = [.. ids.Select(id => Lease("DEL", ipam, id))];
        TimeSpan[] durations = [.. _host.Crowd.RunRounds([adds, deletes, adds, deletes])[2..]
            .Select(round => round.Select(outcome => outcome.Elapsed).Order().ElementAt(writers / 2))];
        Job[] KillHalf(Job[] jobs, TimeSpan duration)
        {
            return [.. jobs.Select((job, index) => index % 2 == 0 ? job with { KillAfter = Moment(duration) } : job)];
        }

        List<Job[]> rounds = [];
        for (int cycle = 0; cycle < cycles; cycle++)
        {
            rounds.AddRange([KillHalf(adds, durations[0]), [Crowd.Look()], deletes, adds, [Crowd.Look()], KillHalf(deletes, durations[1]), [Crowd.Look()], deletes]);
        }

        Outcome[][] outcomes = _host.Crowd.RunRounds(rounds);

        const int kills = cycles * writers;
        int hits = outcomes.SelectMany(round => round).Count(outcome => outcome.WasKilled);
        output.WriteLine($"{hits} of {kills} kills hit a running process");
        Assert.True(hits >= kills / 4, $"only {hits} of {kills} kills hit a running process");
        Assert.All(outcomes.SelectMany(round => round).Where(outcome => !outcome.WasKilled), outcome => outcome.ExpectSuccess());
        for (int round = 0; round < outcomes.Length; round += 8)
        {
            Assert.Distinct(new Snapshot(outcomes[round + 1][0].Output).Leased());
            Assert.Distinct(new Snapshot(outcomes[round + 4][0].Output).Leased());
            Assert.Equal(writers, new Snapshot(outcomes[round + 4][0].Output).Leased().Count);
            Assert.True(new Snapshot(outcomes[round + 6][0].Output).Leased().Count <= writers / 2);
        }

        Assert.Empty(_host.Look().Leased());
    }

    [HostFact("cc")]
    public void What_an_unfinished_write_left_is_harmless()
    {
        string first = _host.Attach(Network, "c1");
        _host.Sandbox.Write($"{StressHost.StateFile}.tmp", "{\"version\":1,\"leases\":[{\"ip\":[\"10.8");

        string second = _host.Attach(Network, "c2");

        Assert.NotEqual(first, second);
        Assert.Equal([first, second], _host.Look().Leased());
        Assert.False(File.Exists(_host.Sandbox.Outside($"{StressHost.StateFile}.tmp")));
    }

    [HostFact("cc", "nft")]
    public void A_bridge_whose_creator_was_killed_is_adopted_and_removed()
    {
        string mac = CreateUnmarkedBridge();

        _host.Attach(Network, "c1");
        Assert.Equal(mac, BridgeMac());
        _host.Detach(Network, "c1");
        Assert.Empty(_host.Look().Traces);

        // The runtime's DEL for the killed ADD, and nobody came in between.
        CreateUnmarkedBridge();
        _host.Detach(Network, "c1");
        Assert.Empty(_host.Look().Traces);
    }

    [HostFact("cc", "nft")]
    public void Rules_go_although_the_bridge_went_before_them()
    {
        _host.Attach(Network, "c1");
        _host.Sandbox.Run("ip", "link", "del", Networks.FlatBridge);

        _host.Detach(Network, "c1");

        Assert.Empty(_host.Look().Traces);
    }

    private static Random Seeded(ITestOutputHelper output)
    {
        int seed = Environment.GetEnvironmentVariable("FLATNET_STRESS_SEED") is { Length: > 0 } text
            ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)
            : Environment.TickCount;
        output.WriteLine($"FLATNET_STRESS_SEED={seed}");
        return new Random(seed);
    }

    private static Job Lease(string command, JsonObject ipam, string id, TimeSpan? killAfter = null)
    {
        return Job.Of(StressHost.Call(command, ipam, id) with { NamespacePath = "/run/netns/c1" }, killAfter);
    }

    private TimeSpan Moment(TimeSpan duration)
    {
        return duration * 1.2 * _random.NextDouble();
    }

    /// <summary>The median of what the command takes when nobody kills it.</summary>
    private TimeSpan Measure(string command, string container)
    {
        const int times = 9;
        Job[][] calls = [.. Enumerable.Range(0, 2 * times).Select(number => new[] { Job.Of(StressHost.Call(number % 2 == 0 ? "ADD" : "DEL", Network, container)) })];
        TimeSpan[] durations = [.. _host.Crowd.RunRounds(calls)
            .Select(round => round[0].ExpectSuccess())
            .Where(outcome => outcome.Job.Environment["CNI_COMMAND"] == command)
            .Select(outcome => outcome.Elapsed)
            .Order()];
        output.WriteLine($"{command}: {durations[times / 2].TotalMilliseconds:F1} ms");
        return durations[times / 2];
    }

    private int KillAdds(int count, TimeSpan duration, string[] expected)
    {
        List<Job[]> rounds = [];
        for (int i = 0; i < count; i++)
        {
            rounds.Add([Job.Of(StressHost.Call("ADD", Network, "c1"), Moment(duration))]);
            rounds.Add([StressHost.Delete(Network, "c1")]);
            rounds.Add([Crowd.Look("c1")]);
        }

        return CountHits(_host.Crowd.RunRounds(rounds), stride: 3, victim: 0, expected);
    }

    private int KillDeletes(int count, TimeSpan duration, string[] expected)
    {
        List<Job[]> rounds = [];
        for (int i = 0; i < count; i++)
        {
            rounds.Add([StressHost.Add(Network, "c1")]);
            rounds.Add([Job.Of(StressHost.Call("DEL", Network, "c1"), Moment(duration))]);
            rounds.Add([StressHost.Delete(Network, "c1")]);
            rounds.Add([Crowd.Look("c1")]);
        }

        return CountHits(_host.Crowd.RunRounds(rounds), stride: 4, victim: 1, expected);
    }

    private static int CountHits(Outcome[][] outcomes, int stride, int victim, string[] expected)
    {
        int hits = 0;
        List<string> faults = [];
        for (int round = 0; round < outcomes.Length; round += stride)
        {
            Outcome killed = outcomes[round + victim][0];
            hits += killed.WasKilled ? 1 : 0;
            string when = $"{killed.Job.Name}, {(killed.WasKilled ? "killed" : "not killed")} at {killed.Job.KillAfter?.TotalMicroseconds:F0} µs";
            faults.AddRange(outcomes[round..(round + stride)].SelectMany(outcome => outcome).Where(outcome => outcome is { WasKilled: false, ExitCode: not 0 })
                .Select(outcome => $"{when}: {outcome.Job.Name} failed: {outcome.Output}"));
            Snapshot after = new(outcomes[round + stride - 1][0].Output);
            string[] left = [.. after.Traces.Except(expected), .. after.Addresses.Keys];
            faults.AddRange(left.Select(trace => $"{when}: left behind: {trace}"));
            faults.AddRange(expected.Except(after.Traces).Select(trace => $"{when}: lost: {trace}"));
            int leases = after.Leased().Count;
            int running = expected.Length == 0 ? 0 : Resident;
            faults.AddRange(leases == running ? [] : [$"{when}: {leases} leases for {running} containers"]);
        }

        Assert.True(faults.Count == 0, $"{faults.Count} faults\n{string.Join('\n', faults.Take(40))}");
        return hits;
    }

    private string[] AttachResidents()
    {
        _host.Attach(Network, "c3");
        _host.Attach(Network, "c4");
        return [.. _host.Look().Traces];
    }

    private void AssertMostHit(int hits)
    {
        output.WriteLine($"{hits} of {Kills} kills hit a running process");
        Assert.True(hits >= Kills / 2, $"only {hits} of {Kills} kills hit a running process");
    }

    private void AssertNothingLost()
    {
        _host.Detach(Network, "c3");
        _host.Detach(Network, "c4");
        Assert.Empty(_host.Look().Traces);
        JsonObject ipam = StressHost.IpamAlone(Network);
        Outcome[][] outcomes = _host.Crowd.RunRounds(
            [.. Enumerable.Range(0, 16).Select(round => Enumerable.Range(0, 16).Select(number => Lease("ADD", ipam, $"all-{round}-{number}")).ToArray())]);

        Outcome[] served = [.. outcomes.SelectMany(round => round).Where(outcome => outcome.ExitCode == 0)];
        Assert.Equal(253, served.Select(outcome => StressHost.AddressIn(outcome.Output)).Distinct().Count());
        Assert.Equal(253, served.Length);
        Assert.Equal(253, _host.Look().Leased().Count);
    }

    // What the plugin's first message leaves: its own address, and no mark yet.
    private string CreateUnmarkedBridge()
    {
        _host.Attach(Network, "c2");
        string mac = BridgeMac();
        _host.Detach(Network, "c2");
        _host.Sandbox.Run("ip", "link", "add", Networks.FlatBridge, "address", mac, "type", "bridge");
        return mac;
    }

    private string BridgeMac()
    {
        return (string)_host.Sandbox.Json("ip", "-j", "link", "show", Networks.FlatBridge)[0]!["address"]!;
    }
}
