using Flatnet.Logs;
using Flatnet.Server.Storage;
using static Flatnet.Server.Tests.Storage.Lines;
using LogLevel = Flatnet.Logs.LogLevel;
using TaskStatus = Flatnet.Server.Storage.TaskStatus;

namespace Flatnet.Server.Tests.Storage;

/// <summary>What every store does. A store's tests derive from it and say how one is made.</summary>
public abstract partial class LogStoreContract : IAsyncLifetime
{
    private protected ILogStore Store { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await PrepareAsync();
        Store = await OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        await CleanUpAsync();
    }

    /// <summary>Makes an empty database.</summary>
    protected abstract Task PrepareAsync();

    /// <summary>A store on that database, as another server would have it; not open yet.</summary>
    private protected abstract ILogStore CreateStore();

    /// <summary>Removes the database.</summary>
    protected abstract Task CleanUpAsync();

    private protected async Task<ILogStore> OpenAsync()
    {
        ILogStore store = CreateStore();
        await store.OpenAsync(CancellationToken.None);
        return store;
    }

    private protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = await OpenAsync();
    }

    [Fact]
    public async Task Lines_come_back_as_they_were_with_numbers_without_gaps()
    {
        LogEntry full = new()
        {
            Timestamp = Then,
            Source = LogSource.Stderr,
            Level = LogLevel.Fatal,
            Message = "über 長い \U0001f600 line\t\u0000",
            LineNumber = 7,
            Metadata = """{"pid":1}""",
            StreamId = "s1",
            Sequence = 1,
            IsPartial = true,
            Replaces = 3,
            OriginalLength = 9000,
        };
        AppendResult result = await Store.AppendAsync("t", full, Line("", LogSource.Agent, LogLevel.Trace, at: -5));
        await Store.AppendAsync("t", Line("last", at: long.MaxValue - Then));

        Assert.Equal((0, 2), (result.Duplicates, result.LastSeq));
        Assert.Equal([full with { Seq = 1 }, Line("", LogSource.Agent, LogLevel.Trace, at: -5) with { Seq = 2 }], result.Stored);
        Assert.Equal([.. result.Stored, Line("last", at: long.MaxValue - Then) with { Seq = 3 }], await Store.ReadAllAsync("t"));
    }

    [Fact]
    public async Task A_line_that_is_sent_again_is_a_duplicate()
    {
        await Store.AppendAsync("t", Line("1", stream: "s", sequence: 1), Line("2", stream: "s", sequence: 2));
        AppendResult again = await Store.AppendAsync(
            "t", Line("2", stream: "s", sequence: 2), Line("3", stream: "s", sequence: 3), Line("3", stream: "s", sequence: 3));
        await ReopenAsync();
        AppendResult later = await Store.AppendAsync("t", Line("3", stream: "s", sequence: 3), Line("other", stream: "z", sequence: 3));

        Assert.Equal((2, 3), (again.Duplicates, again.LastSeq));
        Assert.Equal((1, 4), (later.Duplicates, later.LastSeq));
        Assert.Equal(["1", "2", "3", "other"], await Store.ReadTextsAsync(new LogQuery { TaskId = "t" }));
    }

    [Fact]
    public async Task A_late_line_fills_the_hole_that_was_left_for_it()
    {
        await Store.AppendAsync("t", Line("5", stream: "s", sequence: 5));
        await ReopenAsync();
        await Store.AppendAsync("t", Line("3", stream: "s", sequence: 3), Line("3", stream: "s", sequence: 3));
        await Store.AppendAsync("t", Line("3", stream: "s", sequence: 3), Line("1", stream: "s", sequence: 1), Line("5", stream: "s", sequence: 5));

        Assert.Equal(["5", "3", "1"], await Store.ReadTextsAsync(new LogQuery { TaskId = "t" }));
        Assert.Equal(5, await Store.GetLastSequenceAsync("t", "s", CancellationToken.None));
        Assert.Equal(0, await Store.GetLastSequenceAsync("t", "other", CancellationToken.None));
    }

    [Fact]
    public async Task Lines_without_identity_are_never_duplicates()
    {
        await Store.AppendAsync("t", Line("a"), Line("a"));

        Assert.Equal((1, 4L), ((await Store.AppendAsync("t", Line("a"), Line("a", stream: "s", sequence: 1), Line("a", stream: "s", sequence: 1))) switch
        {
            var result => (result.Duplicates, result.LastSeq),
        }));
    }

    [Fact]
    public async Task Several_tasks_are_appended_in_one_commit_and_one_task_twice()
    {
        IReadOnlyList<AppendResult> results = await Store.AppendAsync(
            [new("a", Numbered(1, 2), Then), new("b", Numbered(1, 1), Then), new("a", Numbered(3, 3), Then)], CancellationToken.None);

        Assert.Equal([2, 1, 3], results.Select(static result => result.LastSeq));
        Assert.Equal(["line 1", "line 2", "line 3"], await Store.ReadTextsAsync(new LogQuery { TaskId = "a" }));
        Assert.Equal(3, (await Store.TaskAsync("a")).Statistics.Count);
    }

    [Fact]
    public async Task Statistics_add_up()
    {
        await Store.AppendAsync("t", Line("abc", LogSource.Stdout, LogLevel.Info, at: 10), Line("é", LogSource.Stderr, LogLevel.Error, at: 30));
        await Store.AppendAsync("t", Line("", LogSource.Agent, LogLevel.Trace, at: 20));
        await ReopenAsync();
        TaskRecord task = await Store.TaskAsync("t");

        Assert.Equal((3, 5), (task.Statistics.Count, task.Statistics.Bytes));
        Assert.Equal([0L, 1, 1, 1], task.Statistics.Sources.ToArray());
        Assert.Equal([0L, 1, 0, 1, 0, 1, 0], task.Statistics.Levels.ToArray());
        Assert.Equal((Then + 10, Then + 30), (task.Statistics.Earliest, task.Statistics.Latest));
        Assert.Equal((1, 3, TaskStatus.Processing), (task.FirstSeq, task.LastSeq, task.Status));
    }

    [Theory]
    [InlineData(0, null, false, 0, null)]
    [InlineData(0, null, true, 0, 100)]
    [InlineData(250, 400, false, 0, null)]
    [InlineData(250, 400, true, 0, null)]
    [InlineData(250, 400, false, 17, 20)]
    [InlineData(250, 400, true, 130, 50)]
    [InlineData(0, null, false, 555, 10)]
    [InlineData(0, null, true, 555, 10)]
    [InlineData(0, null, false, 601, 10)]
    [InlineData(599, null, false, 0, 10)]
    [InlineData(600, null, false, 0, 10)]
    public async Task Pages_are_parts_of_the_whole(long after, int? before, bool descending, int skip, int? limit)
    {
        for (int first = 1; first <= 600; first += 50)
        {
            await Store.AppendAsync("t", Numbered(first, first + 49));
        }

        IEnumerable<long> expected = Enumerable.Range(1, 600).Select(static number => (long)number)
            .Where(seq => seq > after && seq < (before ?? long.MaxValue));
        expected = (descending ? expected.Reverse() : expected).Skip(skip).Take(limit ?? int.MaxValue);
        List<LogEntry> page = await Store.ReadAllAsync(
            new LogQuery { TaskId = "t", AfterSeq = after, BeforeSeq = before, Descending = descending, Skip = skip, Limit = limit });

        Assert.Equal(expected, page.Select(static line => line.Seq));
        Assert.All(page, static line => Assert.Equal($"line {line.Seq}", line.Message));
    }

    [Fact]
    public async Task Reading_nothing_gives_nothing()
    {
        await Store.SaveTaskAsync("empty", new TaskChange { At = Then }, CancellationToken.None);

        Assert.Empty(await Store.ReadAllAsync("empty"));
        Assert.Empty(await Store.ReadAllAsync("none"));
        Assert.Equal(0, await Store.CountAsync(new LogQuery { TaskId = "none" }, CancellationToken.None));
        Assert.Null(await Store.FindTaskAsync("none", CancellationToken.None));
        Assert.Null((await Store.TaskAsync("empty")).Statistics.Earliest);
    }
}
