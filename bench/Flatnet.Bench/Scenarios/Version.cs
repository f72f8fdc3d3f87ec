using Flatnet.Bench.Measuring;
using Flatnet.Bench.Report;
using Flatnet.Bench.Rivals;
using static Flatnet.Bench.Measuring.Statistics;

namespace Flatnet.Bench.Scenarios;

/// <summary>VERSION: what Podman runs for every plugin of every list whenever a command needs the networks.</summary>
internal static class Version
{
    public static IReadOnlyList<Row> Run(Ground ground)
    {
        Step[] rivals = [ground.Flatnet("flatnet-version").Version(), ground.Bridge("bridge-version").Version()];

        // A B B A ...: each runs as often in its own wake as in the other's, which is worth a tenth of such a short time.
        var turns = Enumerable.Range(0, 2 * ground.Options.Samples(400)).Select(turn => (turn + (turn / 2)) % 2).ToList();
        var samples = ground.Stopwatch.Run(turns.ConvertAll(turn => rivals[turn]));
        IReadOnlyList<double> Of(int rival) => Milliseconds(samples.Where((_, i) => turns[i] == rival));
        return [Row.Paired("VERSION, against bridge", Of(0), Of(1), 0.70)];
    }
}
