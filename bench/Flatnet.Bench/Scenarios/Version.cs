using Flatnet.Bench.Report;
using Flatnet.Bench.Rivals;
using static Flatnet.Bench.Measuring.Statistics;

namespace Flatnet.Bench.Scenarios;

/// <summary>VERSION: what Podman runs for every plugin of every list whenever a command needs the networks.</summary>
internal static class Version
{
    public static IReadOnlyList<Row> Run(Ground ground)
    {
        var flatnet = ground.Flatnet("flatnet-version").Version();
        var bridge = ground.Bridge("bridge-version").Version();
        var count = ground.Options.Samples(200);
        var samples = ground.Stopwatch.Run([.. Enumerable.Range(0, 2 * count).Select(i => i % 2 == 0 ? flatnet : bridge)]);
        return
        [
            Row.Paired(
                "VERSION, against bridge",
                Milliseconds(samples.Where((_, i) => i % 2 == 0)), Milliseconds(samples.Where((_, i) => i % 2 == 1)), 0.70),
        ];
    }
}
