using Flatnet.Logs;
using Flatnet.Server.Storage;
using Flatnet.Server.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using static Flatnet.Server.Tests.Storage.Lines;

namespace Flatnet.Server.Tests.Storage;

/// <summary>A cursor that walks through pages sees every line that stays, once and in order, whatever is written and deleted meanwhile.</summary>
public sealed class PagingProperties
{
    /// <summary>A step between two pages: lines to append, or (negative) the time up to which lines are deleted.</summary>
    private static readonly Gen<int[]> Steps = Gen.Frequency((3, Gen.Choose(1, 40)), (1, Gen.Choose(-120, -1))).ArrayOf();

    [Fact]
    public void Pages_are_the_whole_under_writes_and_deletes() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(25),
        Prop.ForAll(
            Cases().ToArbitrary(),
            static test => RunAsync(test.First, test.Page, test.Steps, test.IsDescending).GetAwaiter().GetResult()));

    private static Gen<(int First, int Page, int[] Steps, bool IsDescending)> Cases() =>
        from first in Gen.Choose(1, 80)
        from page in Gen.Choose(1, 17)
        from steps in Steps
        from isDescending in Gen.Elements(true, false)
        select (first, page, steps, isDescending);

    private static async Task RunAsync(int first, int page, int[] steps, bool descending)
    {
        await using TestStore test = await TestStore.CreateAsync();
        ILogStore store = test.Store;
        int written = 0;
        await WriteAsync(first);
        var seen = new List<LogEntry>();
        long? cursor = null;
        for (int step = 0; ; step++)
        {
            List<LogEntry> lines = await store.ReadAllAsync(new LogQuery
            {
                TaskId = "t",
                AfterSeq = descending ? 0 : cursor ?? 0,
                BeforeSeq = descending ? cursor : null,
                Descending = descending,
                Limit = page,
            });
            seen.AddRange(lines);
            if (step < steps.Length)
            {
                await (steps[step] > 0 ? WriteAsync(steps[step]) : store.DeleteLinesAsync("t", Then - steps[step], CancellationToken.None));
            }
            else if (lines.Count == 0)
            {
                break;
            }

            cursor = lines.Count > 0 ? lines[^1].Seq : cursor;
        }

        long[] seqs = [.. seen.Select(static line => line.Seq)];
        Assert.Equal(descending ? seqs.Distinct().OrderDescending() : seqs.Distinct().Order(), seqs);
        Assert.All(seen, static line => Assert.Equal($"line {line.Seq}", line.Message));
        List<LogEntry> left = await store.ReadAllAsync("t");
        long newest = descending ? seqs.FirstOrDefault() : long.MaxValue;
        Assert.Empty(left.Where(line => line.Seq <= newest).Select(static line => line.Seq).Except(seqs));

        async Task WriteAsync(int count)
        {
            await store.AppendAsync("t", Numbered(written + 1, written + count));
            written += count;
        }
    }
}
