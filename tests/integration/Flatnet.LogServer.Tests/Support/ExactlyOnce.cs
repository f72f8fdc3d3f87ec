using System.Globalization;
using Flatnet.LogServer.Harness;

namespace Flatnet.LogServer.Tests.Support;

/// <summary>What "each line exactly once, in order" means, asserted.</summary>
internal static class ExactlyOnce
{
    /// <summary>The task's numbers have no hole, and each agent process's lines are there from the first on, in order, each once.</summary>
    public static void AssertOrder(IReadOnlyList<StoredLine> lines)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            Assert.Equal(i + 1, lines[i].Seq);
        }

        foreach (var stream in lines.Where(line => line.StreamId.Length > 0).GroupBy(line => line.StreamId))
        {
            long expected = 1;
            foreach (StoredLine line in stream)
            {
                Assert.Equal(expected++, line.Sequence);
            }
        }
    }

    /// <summary>The script's own lines, <c>line 1</c> to <c>line N</c>, are all there.</summary>
    public static void AssertNumbered(IReadOnlyList<StoredLine> lines, int count)
    {
        List<StoredLine> script = [.. lines.Where(line => line.Source != "agent")];
        Assert.Equal(count, script.Count);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal("line " + (i + 1).ToString(CultureInfo.InvariantCulture), script[i].Message);
        }
    }
}
