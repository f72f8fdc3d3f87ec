using Flatnet.Logs;
using Flatnet.Server.Storage;
using static Flatnet.Server.Tests.Storage.Lines;

namespace Flatnet.Server.Tests.Storage;

public abstract partial class LogStoreContract
{
    [Fact]
    public async Task Deleting_all_lines_keeps_the_task_and_its_numbers()
    {
        await Store.AppendAsync("t", Line("1", stream: "s", sequence: 1), Line("2", stream: "s", sequence: 2));

        Assert.Equal((2, 3), await Store.DeleteLinesAsync("t", null, CancellationToken.None));
        TaskRecord task = await Store.TaskAsync("t");
        Assert.Equal((3, 2, 0, 0), (task.FirstSeq, task.LastSeq, task.Statistics.Count, task.Statistics.Bytes));
        Assert.Null(task.Statistics.Earliest);
        Assert.Empty(await Store.ReadAllAsync("t"));

        AppendResult next = await Store.AppendAsync("t", Line("2", stream: "s", sequence: 2), Line("3", stream: "s", sequence: 3));
        Assert.Equal((1, 3), (next.Duplicates, next.LastSeq));
        Assert.Equal(3, (await Store.TaskAsync("t")).FirstSeq);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(137)]
    [InlineData(299)]
    [InlineData(1000)]
    public async Task Deleting_up_to_a_time_takes_exactly_those_lines(long upTo)
    {
        List<LogEntry> all = await AppendMixedAsync();
        List<LogEntry> left = all.FindAll(line => line.Timestamp > Then + upTo);

        (long count, long firstSeq) = await Store.DeleteLinesAsync("t", Then + upTo, CancellationToken.None);

        Assert.Equal((all.Count - left.Count, left.Count > 0 ? left[0].Seq : all.Count + 1), (count, firstSeq));
        Assert.Equal(left, await Store.ReadAllAsync("t"));
        AssertStatistics(left, await Store.TaskAsync("t"));
        await Store.AppendAsync("t", Line("after", at: 5000));
        Assert.Equal(301, (await Store.ReadAllAsync("t"))[^1].Seq);
        AssertStatistics(await Store.ReadAllAsync("t"), await Store.TaskAsync("t"));
    }

    [Fact]
    public async Task Deleting_a_task_leaves_nothing_of_it()
    {
        await Store.AppendAsync("t", Line("1", stream: "s", sequence: 1));
        await Store.SaveTaskAsync("t", new TaskChange { At = Then, Script = "{}" }, CancellationToken.None);
        await Store.AppendAsync("other", Line("1"));

        Assert.True(await Store.DeleteTaskAsync("t", CancellationToken.None));
        Assert.False(await Store.DeleteTaskAsync("t", CancellationToken.None));
        Assert.Null(await Store.FindTaskAsync("t", CancellationToken.None));
        Assert.Equal(0, await Store.GetLastSequenceAsync("t", "s", CancellationToken.None));
        Assert.Single(await Store.ReadAllAsync("other"));

        AppendResult anew = await Store.AppendAsync("t", Line("1", stream: "s", sequence: 1));
        Assert.Equal((0, 1), (anew.Duplicates, anew.LastSeq));
        Assert.Null((await Store.TaskAsync("t")).Script);
    }

    [Fact]
    public async Task Deleting_what_is_not_there_deletes_nothing()
    {
        Assert.Equal((0, 1), await Store.DeleteLinesAsync("none", null, CancellationToken.None));
        await Store.SaveTaskAsync("empty", new TaskChange { At = Then }, CancellationToken.None);
        Assert.Equal((0, 1), await Store.DeleteLinesAsync("empty", Then, CancellationToken.None));
    }

    private static void AssertStatistics(List<LogEntry> lines, TaskRecord task)
    {
        Assert.Equal(lines.Count, task.Statistics.Count);
        Assert.Equal(lines.Sum(static line => System.Text.Encoding.UTF8.GetByteCount(line.Message)), task.Statistics.Bytes);
        Assert.Equal(Enumerable.Range(0, 4).Select(source => lines.LongCount(line => (int)line.Source == source)), task.Statistics.Sources);
        Assert.Equal(Enumerable.Range(0, 7).Select(level => lines.LongCount(line => (int)line.Level == level)), task.Statistics.Levels);
        Assert.Equal(lines.Count > 0 ? lines.Min(static line => line.Timestamp) : null, task.Statistics.Earliest);
        Assert.Equal(lines.Count > 0 ? lines.Max(static line => line.Timestamp) : null, task.Statistics.Latest);
        Assert.Equal(lines.Count > 0 ? lines[0].Seq : task.LastSeq + 1, task.FirstSeq);
    }
}
