using Flatnet.Logs;
using Flatnet.Server.Errors;
using Flatnet.Server.Ingest;
using Flatnet.Server.Live;
using Flatnet.Server.Retention;
using Flatnet.Server.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using TaskStatus = Flatnet.Server.Storage.TaskStatus;

namespace Flatnet.Server.Tests.Ingest;

public sealed class LogWriterTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly MemoryStore _store = new();
    private readonly StorageGate _gate = new();
    private readonly LiveHub _live;
    private readonly LogWriter _writer;
    private TaskCompletionSource _appending = new();

    public LogWriterTests()
    {
        _live = new LiveHub(_store, new());
        _writer = Writer(new());
    }

    [Fact]
    public async Task Lines_are_stored_and_numbered()
    {
        AppendResult result = await WriteAsync("t", Sample.Line("one"), Sample.Line("two"));

        Assert.Equal([1L, 2L], result.Stored.Select(line => line.Seq));
        Assert.Equal(["one", "two"], _store.Lines("t").Select(line => line.Message));
    }

    [Fact]
    public async Task Nothing_is_acknowledged_or_published_before_it_is_committed()
    {
        await WriteAsync("t", Sample.Line("first"));
        using LiveSubscription viewer = _live.Subscribe(new() { TaskId = "t" });
        await using IAsyncEnumerator<LiveEvent> events = viewer.ReadAsync(default).GetAsyncEnumerator();
        await events.MoveNextAsync();
        await events.MoveNextAsync();
        var held = new TaskCompletionSource();
        _store.BeforeAppend = _ => held.Task;

        Task<AppendResult> write = WriteAsync("t", Sample.Line("second"));
        Task<bool> seen = events.MoveNextAsync().AsTask();
        await Task.Delay(50);
        Assert.False(write.IsCompleted);
        Assert.False(seen.IsCompleted);

        held.SetResult();
        await write;
        Assert.True(await seen);
        Assert.Equal("second", Assert.Single(Assert.IsType<Lines>(events.Current).Entries).Message);
    }

    [Fact]
    public async Task What_comes_during_a_commit_makes_one_commit_over_all_tasks()
    {
        TaskCompletionSource held = Hold();
        Task first = WriteAsync("a", Sample.Line("holds the store"));
        await _appending.Task;
        Task[] others = [.. Enumerable.Range(0, 20).Select(number => WriteAsync($"task{number % 4}", Sample.Line($"{number}")))];

        held.SetResult();
        await Task.WhenAll([first, .. others]);
        Assert.Equal([1, 20], _store.Commits);
    }

    [Fact]
    public async Task A_commit_ends_at_its_bound_of_lines()
    {
        await using LogWriter writer = Writer(new() { CommitLines = 10 });
        TaskCompletionSource held = Hold();
        Task first = writer.WriteAsync("a", [Sample.Line("holds the store")], default);
        await _appending.Task;
        Task[] others = [.. Enumerable.Range(0, 8).Select(_ => writer.WriteAsync("a", Sample.Stream("s", 1, 5), default))];

        held.SetResult();
        await Task.WhenAll([first, .. others]);
        Assert.Equal([1, 10, 10, 10, 10], _store.Commits);
    }

    [Fact]
    public async Task Writes_of_one_caller_keep_their_order()
    {
        var tasks = Enumerable.Range(0, 8).Select(async number =>
        {
            for (int i = 1; i <= 50; i++)
            {
                await WriteAsync($"task{number % 2}", Sample.Line($"{i}", $"stream{number}", i));
            }
        });
        await Task.WhenAll(tasks);

        foreach (string task in new[] { "task0", "task1" })
        {
            LogEntry[] lines = _store.Lines(task);
            Assert.Equal(Enumerable.Range(1, 200).Select(number => (long)number), lines.Select(line => line.Seq));
            foreach (IGrouping<string?, LogEntry> stream in lines.GroupBy(line => line.StreamId))
            {
                Assert.Equal(Enumerable.Range(1, 50).Select(number => (long)number), stream.Select(line => line.Sequence));
            }
        }
    }

    [Fact]
    public async Task A_task_that_the_store_refuses_fails_nobody_else()
    {
        _store.BeforeAppend = appends => appends.Any(append => append.TaskId == "bad") ? throw new StoreException("cannot store 'bad'.") : Task.CompletedTask;
        TaskCompletionSource held = Hold();
        Task first = WriteAsync("a", Sample.Line("holds the store"));
        await _appending.Task;
        Task<AppendResult> good = WriteAsync("good", Sample.Line("1"));
        Task<AppendResult> bad = WriteAsync("bad", Sample.Line("2"));
        Task<AppendResult> other = WriteAsync("other", Sample.Line("3"));

        held.SetResult();
        await first;
        Assert.Equal(1, (await good).LastSeq);
        Assert.Equal(1, (await other).LastSeq);
        Assert.Contains("'bad'", (await Assert.ThrowsAsync<StoreException>(() => bad)).Message, StringComparison.Ordinal);
        Assert.Equal(1, (await WriteAsync("later", Sample.Line("4"))).LastSeq);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 4)]
    public async Task A_store_that_is_full_or_gone_is_not_asked_for_each_task(bool isFull, int expected)
    {
        TaskCompletionSource held = Hold();
        Task first = WriteAsync("a", Sample.Line("holds the store"));
        await _appending.Task;
        int asked = 0;
        Task<AppendResult>[] writes = [.. Enumerable.Range(0, 20).Select(number => WriteAsync($"task{number}", Sample.Line("x")))];
        _store.BeforeAppend = _ =>
        {
            asked++;
            throw new StoreException("no", isFull);
        };

        held.SetResult();
        await first;
        foreach (Task<AppendResult> write in writes)
        {
            Assert.Equal(isFull, (await Assert.ThrowsAsync<StoreException>(() => write)).IsFull);
        }

        Assert.Equal(expected, asked);
    }

    [Fact]
    public async Task A_defect_of_the_store_is_told_and_the_next_write_works()
    {
        _store.BeforeAppend = _ => throw new InvalidOperationException("defect");
        StoreException exception = await Assert.ThrowsAsync<StoreException>(() => WriteAsync("t", Sample.Line("x")));
        Assert.Contains("defect", exception.Message, StringComparison.Ordinal);

        _store.BeforeAppend = _ => Task.CompletedTask;
        Assert.Equal(1, (await WriteAsync("t", Sample.Line("x"))).LastSeq);
    }

    [Fact]
    public async Task While_the_disk_is_full_lines_are_refused_and_changes_are_not()
    {
        _gate.Close("no room");
        Assert.True((await Assert.ThrowsAsync<StoreException>(() => WriteAsync("t", Sample.Line("x")))).IsFull);
        await _writer.ChangeTaskAsync("t", new() { Status = TaskStatus.Failed, At = 5 }, default);
        Assert.Empty(_store.Lines("t"));
    }

    [Fact]
    public async Task A_change_comes_after_the_lines_before_it()
    {
        TaskCompletionSource held = Hold();
        Task first = WriteAsync("t", Sample.Line("1"));
        await _appending.Task;
        Task second = WriteAsync("t", Sample.Line("2"));
        Task<TaskRecord> change = _writer.ChangeTaskAsync("t", new() { Status = TaskStatus.Completed, ExitCode = 3, At = 5 }, default);
        Task third = WriteAsync("t", Sample.Line("3"));
        Assert.False(change.IsCompleted);

        held.SetResult();
        TaskRecord task = await change;
        Assert.Equal((TaskStatus.Completed, 3, 2L), (task.Status, task.ExitCode!.Value, task.LastSeq));
        await Task.WhenAll(first, second, third);
        Assert.Equal([1, 1, 1], _store.Commits);
    }

    [Fact]
    public async Task Writers_wait_while_the_queue_is_full()
    {
        await using LogWriter writer = Writer(new() { QueueBytes = 1000 });
        TaskCompletionSource held = Hold();
        Task<AppendResult> first = writer.WriteAsync("t", [Sample.Line(new string('x', 700))], default);
        await _appending.Task;
        using var impatience = new CancellationTokenSource();
        Task<AppendResult> second = writer.WriteAsync("t", [Sample.Line(new string('y', 700))], impatience.Token);
        Task<AppendResult> third = writer.WriteAsync("t", [Sample.Line("z")], default);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        held.SetResult();
        await Task.WhenAll(first, third);
        Assert.Equal(["x", "z"], _store.Lines("t").Select(line => line.Message[..1]));
    }

    [Fact]
    public async Task Stopping_stores_what_is_queued_and_takes_no_more()
    {
        TaskCompletionSource held = Hold();
        Task[] writes = [.. Enumerable.Range(0, 5).Select(number => WriteAsync("t", Sample.Line($"{number}")))];
        ValueTask stop = _writer.DisposeAsync();
        held.SetResult();
        await stop;
        await Task.WhenAll(writes);

        await Assert.ThrowsAsync<StoreException>(() => WriteAsync("t", Sample.Line("late")));
        Assert.Equal(5, _store.Lines("t").Length);
    }

    [Fact]
    public async Task A_task_needs_a_valid_name() =>
        Assert.Equal(400, (await Assert.ThrowsAsync<ApiException>(() => WriteAsync("../etc", Sample.Line("x")))).Status);

    public Task InitializeAsync() => Task.CompletedTask;

    // The runner knows this one alone.
    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync() => await _writer.DisposeAsync();

    private LogWriter Writer(IngestOptions options) => new(_store, _live, _gate, options, TimeProvider.System, NullLogger<LogWriter>.Instance);

    private Task<AppendResult> WriteAsync(string task, params LogEntry[] lines) => _writer.WriteAsync(task, lines, default);

    /// <summary>Holds the store's next append; those after it go on as before.</summary>
    private TaskCompletionSource Hold()
    {
        var held = new TaskCompletionSource();
        Func<IReadOnlyList<TaskAppend>, Task> before = _store.BeforeAppend;
        _appending = new();
        _store.BeforeAppend = async appends =>
        {
            _store.BeforeAppend = before;
            _appending.SetResult();
            await held.Task;
        };
        return held;
    }
}
