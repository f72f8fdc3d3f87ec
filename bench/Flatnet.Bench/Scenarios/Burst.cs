using Flatnet.Bench.Report;
using Flatnet.Bench.Rivals;
using static Flatnet.Bench.Measuring.Statistics;

namespace Flatnet.Bench.Scenarios;

/// <summary>64 ADDs started at once, until the last has ended.</summary>
internal static class Burst
{
    private const int Size = 64;

    public static IReadOnlyList<Row> Run(Ground ground)
    {
        Plugin[] rivals = [ground.Flatnet("flatnet-burst"), ground.Bridge("bridge-burst")];
        ground.Settle(rivals);

        var rounds = ground.Options.Samples(7);
        var times = new double[rivals.Length, rounds];
        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < rivals.Length; turn++)
            {
                var index = (turn + round) % rivals.Length;
                var rival = rivals[index];
                var containers = Enumerable.Range(0, Size)
                    .Select(i => new Container($"{rival.Name}-{i}", ground.Namespace($"container{(i * rivals.Length) + index}"), round))
                    .ToList();
                times[index, round] = WholeMilliseconds(ground.Stopwatch.RunTogether(containers.ConvertAll(rival.Add)));
                ground.Stopwatch.RunTogether(containers.ConvertAll(rival.Delete));
            }
        }

        double[] Of(int index) => [.. Enumerable.Range(0, rounds).Select(round => times[index, round])];
        return [Row.Paired("64 ADDs at once, against bridge + host-local", Of(0), Of(1), 0.35)];
    }
}
