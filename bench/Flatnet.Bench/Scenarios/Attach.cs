using Flatnet.Bench.Report;
using Flatnet.Bench.Rivals;

namespace Flatnet.Bench.Scenarios;

/// <summary>200 containers in and out: the shipped configuration against Debian's plugins, and against the netlink work alone.</summary>
internal static class Attach
{
    public static IReadOnlyList<Row> Run(Ground ground)
    {
        var flatnet = ground.Flatnet("flatnet");
        var bridge = ground.Bridge("bridge");
        ground.Settle(flatnet, bridge);
        var cycle = new Cycle(ground, [flatnet, bridge]).Run(ground.Options.Samples(200));
        return
        [
            Row.Paired("ADD, against bridge + host-local", cycle.Adds(flatnet), cycle.Adds(bridge), 0.30, 0.20),
            Row.Paired("CHECK, against bridge + host-local", cycle.Checks(flatnet), cycle.Checks(bridge), 0.25),
            Row.Paired("DEL, against bridge + host-local", cycle.Deletes(flatnet), cycle.Deletes(bridge)),
            Row.Megabytes("peak memory of an ADD (rival: bridge)", cycle.PeakMemory(flatnet), cycle.PeakMemory(bridge), 10),
        ];
    }

    /// <summary>
    /// The same containers against the netlink work alone, in a run of their own: each iptables process of Debian's bridge would
    /// empty the processor's caches for whoever comes next, and the smaller program has less to lose.
    /// </summary>
    public static IReadOnlyList<Row> RunFloor(Ground ground)
    {
        var flatnet = ground.Flatnet("flatnet-floor");
        var floor = ground.Floor();
        ground.Settle(flatnet, floor);
        var cycle = new Cycle(ground, [flatnet, floor]).Run(ground.Options.Samples(200));
        return
        [
            Row.Paired("ADD, against static C doing only the netlink work", cycle.Adds(flatnet), cycle.Adds(floor), 2.0, 1.5),
            Row.Paired("DEL, against static C doing only the netlink work", cycle.Deletes(flatnet), cycle.Deletes(floor), 1.15),
        ];
    }

    /// <summary>The same without masquerading, where Debian's bridge need not run iptables: its best case.</summary>
    public static IReadOnlyList<Row> RunPlain(Ground ground)
    {
        var flatnet = ground.Flatnet("flatnet-plain", masquerade: false);
        var bridge = ground.Bridge("bridge-plain", masquerade: false);
        ground.Settle(flatnet, bridge);
        var cycle = new Cycle(ground, [flatnet, bridge]).Run(ground.Options.Samples(200));
        return
        [
            Row.Paired("ADD, both without ipMasq", cycle.Adds(flatnet), cycle.Adds(bridge)),
            Row.Paired("CHECK, both without ipMasq", cycle.Checks(flatnet), cycle.Checks(bridge)),
            Row.Paired("DEL, both without ipMasq", cycle.Deletes(flatnet), cycle.Deletes(bridge)),
        ];
    }
}
