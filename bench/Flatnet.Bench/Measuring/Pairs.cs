using Flatnet.Bench.Rivals;

namespace Flatnet.Bench.Measuring;

/// <summary>Two programs in turns, who goes first alternating; a first run of each, which reads files for the first time, does not count.</summary>
internal static class Pairs
{
    public static (List<Sample> Ours, List<Sample> Theirs) Run(Ground ground, Step ours, Step theirs, int rounds)
    {
        ground.Stopwatch.Run([ours, theirs]);
        var mine = new List<Sample>();
        var others = new List<Sample>();
        for (int round = 0; round < rounds; round++)
        {
            bool weStart = round % 2 == 0;
            Sample[] pair = ground.Stopwatch.Run(weStart ? [ours, theirs] : [theirs, ours]);
            mine.Add(pair[weStart ? 0 : 1]);
            others.Add(pair[weStart ? 1 : 0]);
        }

        return (mine, others);
    }
}
