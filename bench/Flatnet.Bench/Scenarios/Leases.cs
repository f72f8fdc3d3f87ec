using Flatnet.Bench.Report;
using Flatnet.Bench.Rivals;

namespace Flatnet.Bench.Scenarios;

/// <summary>Whether an ADD grows with the lease file: a network with 1,000 leases against one with next to none.</summary>
internal static class Leases
{
    private const int Count = 1000;

    public static IReadOnlyList<Row> Run(Ground ground)
    {
        var full = ground.Flatnet("flatnet-full", prefixLength: 16);
        var empty = ground.Flatnet("flatnet-empty", prefixLength: 16);
        ground.Settle(full, empty);

        // The address plugin alone leases them, all for one live namespace: 1,000 namespaces would measure the kernel.
        var ipam = full.Through(ground.FlatnetIpamProgram);
        var holder = ground.Namespace("holder");
        ground.Stopwatch.Run([.. Enumerable.Range(0, Count).Select(i => ipam.Add(new Container($"leased-{i}", holder)))]);

        // Few at a time and always the same names, so that the empty network stays what it is called.
        var cycle = new Cycle(ground, [full, empty]) { Batch = 4, ReuseNames = true }.Run(ground.Options.Samples(100));
        return [Row.Paired("ADD with 1,000 leases in the file, against none", cycle.Adds(full), cycle.Adds(empty), 1.5, 1.2)];
    }
}
