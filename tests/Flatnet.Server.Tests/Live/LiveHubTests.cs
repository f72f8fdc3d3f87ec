using System.Text.Json;
using Flatnet.Logs;
using Flatnet.Server.Errors;
using Flatnet.Server.Live;
using Flatnet.Server.Storage;
using Flatnet.Server.Tests.Ingest;
using TaskStatus = Flatnet.Server.Storage.TaskStatus;

namespace Flatnet.Server.Tests.Live;

public sealed class LiveHubTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly MemoryStore _store = new();
    private readonly LiveHub _hub;

    public LiveHubTests() => _hub = new LiveHub(_store, new() { BacklogLines = 10, BacklogBytes = 10_000 });

    [Fact]
    public async Task History_then_live()
    {
        Commit("one", "two", "three");
        await using LiveReader viewer = Watch(new() { TaskId = "t", Tail = 2 });
        Assert.Equal(new Started(2, 3), await viewer.NextAsync());
        Assert.Equal(["two", "three"], await viewer.LinesAsync());

        Commit("four", "five");
        Assert.Equal(["four", "five"], await viewer.LinesAsync());
    }

    [Fact]
    public async Task After_a_cursor_comes_what_follows_it()
    {
        Commit("one", "two", "three");
        await using LiveReader viewer = Watch(new() { TaskId = "t", AfterSeq = 1 });
        Assert.Equal(new Started(2, 3), await viewer.NextAsync());
        Assert.Equal(["two", "three"], await viewer.LinesAsync());
    }

    [Fact]
    public async Task A_cursor_at_the_end_has_no_history()
    {
        Commit("one");
        await using LiveReader viewer = Watch(new() { TaskId = "t", AfterSeq = 1 });
        Assert.Equal(new Started(null, 1), await viewer.NextAsync());
        Commit("two");
        Assert.Equal(["two"], await viewer.LinesAsync());
    }

    [Fact]
    public async Task A_cursor_beyond_the_last_line_is_refused()
    {
        Commit("one");
        await using LiveReader viewer = Watch(new() { TaskId = "t", AfterSeq = 2 });
        ApiException exception = await Assert.ThrowsAsync<ApiException>(viewer.NextAsync);
        Assert.Equal((410, "CURSOR_EXPIRED"), (exception.Status, exception.Code));
    }

    [Fact]
    public async Task A_task_that_does_not_exist_is_refused()
    {
        await using LiveReader viewer = Watch(new() { TaskId = "t" });
        Assert.Equal("TASK_NOT_FOUND", (await Assert.ThrowsAsync<ApiException>(viewer.NextAsync)).Code);
    }

    [Fact]
    public async Task A_cursor_before_the_first_line_that_is_left_is_told()
    {
        Commit("one", "two");
        await _store.DeleteLinesAsync("t", null, default);
        Commit("three");
        await using LiveReader viewer = Watch(new() { TaskId = "t", AfterSeq = 1 });
        Assert.Equal(new Started(3, 3), await viewer.NextAsync());
        Assert.Equal(new Truncated(3), await viewer.NextAsync());
        Assert.Equal(["three"], await viewer.LinesAsync());
    }

    [Fact]
    public async Task Filters_hold_for_history_and_live()
    {
        var filter = new LogFilter { Text = "x" };
        Commit("ax", "b", "cX");
        await using LiveReader viewer = Watch(new() { TaskId = "t", Filter = filter, Tail = 1 });
        Assert.Equal(new Started(3, 3), await viewer.NextAsync());
        Assert.Equal(["cX"], await viewer.LinesAsync());
        Commit("d");
        Commit("e", "fx");
        Assert.Equal(["fx"], await viewer.LinesAsync());
    }

    [Fact]
    public async Task Viewers_with_equal_filters_share_the_bytes()
    {
        Commit("first");
        await using LiveReader one = await AtEdgeAsync(new() { TaskId = "t", Filter = new() { Text = "x" } });
        await using LiveReader two = await AtEdgeAsync(new() { TaskId = "t", Filter = new() { Text = "x" } });
        Commit("x");
        Lines first = await one.NextAsync<Lines>();
        Lines second = await two.NextAsync<Lines>();
        Assert.Same(first.Messages(isBatched: false), second.Messages(isBatched: false));
        Assert.NotSame(first.Messages(isBatched: false), second.Messages(isBatched: true));
    }

    [Fact]
    public void Messages_carry_the_line_its_task_and_its_id()
    {
        LogEntry[] entries = [Sample.Line("größe \"1\"", "s", 4) with { Seq = 7 }, Sample.Line("b") with { Seq = 8 }];
        var lines = new Lines("t", entries);

        JsonElement single = Parse(lines.Messages(isBatched: false)[0]);
        Assert.Equal(("log", "t", "größe \"1\"", "t-7", 7, 4), (Text(single, "type"), Text(single, "taskId"), Text(single, "message"),
            Text(single, "id"), single.GetProperty("seq").GetInt32(), single.GetProperty("sequence").GetInt32()));
        JsonElement batched = Parse(Assert.Single(lines.Messages(isBatched: true)));
        Assert.Equal(("logs", "t"), (Text(batched, "type"), Text(batched, "taskId")));
        Assert.Equal(["t-7", "t-8"], batched.GetProperty("entries").EnumerateArray().Select(entry => Text(entry, "id")));
    }

    [Fact]
    public void Many_lines_make_several_messages()
    {
        var lines = new Lines("t", [.. Enumerable.Range(1, 1200).Select(seq => Sample.Line($"{seq}") with { Seq = seq })]);
        int[] counts = [.. lines.Messages(isBatched: true).Select(message => Parse(message).GetProperty("entries").GetArrayLength())];
        Assert.Equal([500, 500, 200], counts);
    }

    [Fact]
    public async Task A_viewer_that_lags_gets_a_gap_and_goes_on_at_the_edge()
    {
        Commit("1");
        await using LiveReader slow = await AtEdgeAsync(new() { TaskId = "t" });
        await using LiveReader quick = await AtEdgeAsync(new() { TaskId = "t" });
        for (int line = 2; line <= 30; line++)
        {
            Commit($"{line}");
            Assert.Equal([$"{line}"], await quick.LinesAsync());
        }

        Assert.Equal(new Skipped(2, 30), await slow.NextAsync());
        Commit("31");
        Assert.Equal(["31"], await slow.LinesAsync());
    }

    [Fact]
    public async Task Up_to_the_bound_nothing_is_left_out()
    {
        Commit("1");
        await using LiveReader slow = await AtEdgeAsync(new() { TaskId = "t" });
        for (int line = 2; line <= 11; line++)
        {
            Commit($"{line}");
        }

        for (int line = 2; line <= 11; line++)
        {
            Assert.Equal([$"{line}"], await slow.LinesAsync());
        }
    }

    [Fact]
    public async Task One_commit_beyond_the_bound_is_no_reason_for_a_gap()
    {
        Commit("1");
        await using LiveReader viewer = await AtEdgeAsync(new() { TaskId = "t" });
        Commit([.. Enumerable.Range(2, 50).Select(line => $"{line}")]);
        Assert.Equal(50, (await viewer.LinesAsync()).Length);
    }

    [Fact]
    public async Task An_end_in_a_gap_is_told()
    {
        Commit("1");
        await using LiveReader slow = await AtEdgeAsync(new() { TaskId = "t" });
        Commit("2");
        await EndAsync();
        Commit([.. Enumerable.Range(3, 12).Select(line => $"{line}")]);
        Commit("15");
        Assert.Equal(new Skipped(2, 15), await slow.NextAsync());
        Assert.Equal(new Ended(TaskStatus.Completed, 0, 15), await slow.NextAsync());
        Assert.Null(await slow.NextAsync());
    }

    [Fact]
    public async Task The_end_comes_after_the_last_line()
    {
        Commit("1");
        await using LiveReader viewer = await AtEdgeAsync(new() { TaskId = "t" });
        Commit("2");
        await EndAsync();
        Assert.Equal(["2"], await viewer.LinesAsync());
        Assert.Equal(new Ended(TaskStatus.Completed, 0, 2), await viewer.NextAsync());
        Assert.Null(await viewer.NextAsync());
    }

    [Theory]
    [InlineData(true, "COMPLETED")]
    [InlineData(false, "PROCESSING")]
    public async Task History_alone_ends(bool isOver, string expected)
    {
        Commit("1");
        if (isOver)
        {
            await EndAsync();
        }

        await using LiveReader viewer = await AtEdgeAsync(new() { TaskId = "t", IsRealtime = isOver });
        Assert.Equal(expected, (await viewer.NextAsync<Ended>()).Status.Name());
        Assert.Null(await viewer.NextAsync());
    }

    [Fact]
    public async Task Deletions_are_told()
    {
        Commit("1", "2");
        await using LiveReader viewer = await AtEdgeAsync(new() { TaskId = "t" });
        _hub.PublishTruncation("t", 2);
        Assert.Equal(new Truncated(2), await viewer.NextAsync());
    }

    [Fact]
    public async Task Lines_that_were_published_out_of_order_come_in_order()
    {
        Commit("1");
        await using LiveReader viewer = await AtEdgeAsync(new() { TaskId = "t" });
        AppendResult elsewhere = _store.AppendElsewhere("t", Sample.Line("2"));
        Commit("3");
        _hub.PublishLines("t", elsewhere.Stored);
        Commit("4");
        Assert.Equal(["2"], await viewer.LinesAsync());
        Assert.Equal(["3"], await viewer.LinesAsync());
        Assert.Equal(["4"], await viewer.LinesAsync());
    }

    [Fact]
    public async Task In_doubt_a_viewer_looks_into_the_store()
    {
        Commit("1");
        await using LiveReader viewer = await AtEdgeAsync(new() { TaskId = "t" });
        _store.AppendElsewhere("t", Sample.Line("2"), Sample.Line("3"));
        _hub.PublishDoubt();
        Assert.Equal(["2", "3"], await viewer.LinesAsync());
        Commit("4");
        Assert.Equal(["4"], await viewer.LinesAsync());
    }

    [Fact]
    public async Task A_viewer_that_leaves_is_woken_and_the_last_one_takes_the_channel_with_it()
    {
        Commit("1");
        LiveReader one = await AtEdgeAsync(new() { TaskId = "t" });
        LiveReader two = await AtEdgeAsync(new() { TaskId = "t" });
        Task<LiveEvent?> waiting = one.NextAsync();
        one.Subscription.Dispose();
        Assert.Null(await waiting);
        Assert.True(_hub.IsWatched("t"));

        two.Subscription.Dispose();
        two.Subscription.Dispose();
        Assert.False(_hub.IsWatched("t"));
        Assert.Null(await two.NextAsync());
    }

    [Fact]
    public async Task Statuses_of_all_tasks_can_be_watched()
    {
        using LiveCursor statuses = _hub.WatchStatuses();
        ValueTask<bool> waiting = statuses.WaitAsync();
        Commit("1");
        Assert.False(waiting.IsCompleted);
        await EndAsync();
        Assert.True(await waiting);
        Assert.Equal("t", Assert.IsType<PublishedStatus>(statuses.TryNext()).Task.Id);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    // The runner knows this one alone.
    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync() => await _store.DisposeAsync();

    private static JsonElement Parse(ReadOnlyMemory<byte> message) => JsonDocument.Parse(message).RootElement;

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private LiveReader Watch(LiveRequest request) => new(_hub.Subscribe(request));

    /// <summary>A viewer that has taken the history.</summary>
    private async Task<LiveReader> AtEdgeAsync(LiveRequest request)
    {
        LiveReader viewer = Watch(request);
        if ((await viewer.NextAsync<Started>()).FirstSeq is not null)
        {
            await viewer.NextAsync<Lines>();
        }

        return viewer;
    }

    private void Commit(params string[] messages) =>
        _hub.PublishLines("t", _store.AppendElsewhere("t", [.. messages.Select(message => Sample.Line(message))]).Stored);

    private async Task EndAsync() =>
        _hub.PublishStatus((await _store.SaveTaskAsync("t", new() { Status = TaskStatus.Completed, ExitCode = 0, At = 1 }, default)).Task);
}
