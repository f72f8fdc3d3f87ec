using Flatnet.Logs;
using Flatnet.Logs.Times;
using Flatnet.Loki;
using Flatnet.Loki.TestServer;
using Flatnet.Server.Loki;
using Flatnet.Server.Storage;
using Flatnet.Server.Tests.Ingest;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flatnet.Server.Tests.Loki;

public sealed class LokiSinkTests : IDisposable
{
    private const long Hour = 3_600_000_000_000;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("flatnet-loki-");
    private readonly LokiTestServer _loki = new();
    private readonly MemoryStore _store = new();
    private readonly long _now = Rfc3339.Now(TimeProvider.System);

    private IEnumerable<string> Received => _loki.Store.Lines.Select(static line => line.Line);

    public void Dispose()
    {
        _loki.DisposeAsync().AsTask().Wait();
        _store.DisposeAsync().AsTask().Wait();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_line_has_few_labels_and_what_is_its_own_beside_it()
    {
        await WriteAsync("build-7", Line(0, "first") with { StreamId = "s1", Sequence = 1 }, Line(1, "second") with { Source = LogSource.Stderr, Level = LogLevel.Error });
        await SendAsync();
        Assert.Equal(["job=flatnet,source=stdout", "job=flatnet,source=stderr"], _loki.Store.Lines.Select(static line => line.Stream));
        Assert.Equal(["first", "second"], Received);
        Assert.Equal([_now, _now + 1], _loki.Store.Lines.Select(static line => line.Timestamp));
        Assert.Equal(
            [("level", "INFO"), ("seq", "1"), ("stream_id", "s1"), ("task_id", "build-7")],
            Metadata(_loki.Store.Lines[0]));
        Assert.Equal([("level", "ERROR"), ("seq", "2"), ("task_id", "build-7")], Metadata(_loki.Store.Lines[1]));

        static IEnumerable<(string, string)> Metadata(StoredLine line) =>
            line.Metadata.Where(static pair => pair.Key != "detected_level").Select(static pair => (pair.Key, pair.Value));
    }

    [Fact]
    public async Task Lines_that_say_the_same_at_the_same_time_all_arrive()
    {
        await WriteAsync("t", Line(0, "again"), Line(0, "again"), Line(0, "again"));
        await SendAsync();
        Assert.Equal([_now, _now + 1, _now + 2], _loki.Store.Lines.Select(static line => line.Timestamp));
    }

    [Fact]
    public async Task What_was_sent_is_not_sent_again_also_by_a_new_server()
    {
        await WriteAsync("t", Line(0, "one"));
        await SendAsync();
        await SendAsync();
        await WriteAsync("t", Line(1, "two"));
        await SendAsync();
        Assert.Equal(["one", "two"], Received);
        Assert.Equal(2, _loki.Requests.Count);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(-1)]
    public async Task An_outage_delays_lines_and_neither_loses_nor_doubles_them(int status)
    {
        _loki.Intercept = _ => status < 0 ? Response.Close : Response.Text(status, "later");
        await WriteAsync("t", Line(0, "one"), Line(1, "two"));
        await Assert.ThrowsAsync<LokiException>(() => SendAsync());
        await WriteAsync("t", Line(2, "three"));
        await Assert.ThrowsAsync<LokiException>(() => SendAsync());
        _loki.Intercept = null;
        await SendAsync();
        Assert.Equal(["one", "two", "three"], Received);
    }

    [Fact]
    public async Task Lines_that_Loki_took_before_it_was_cut_off_are_sent_with_the_same_times()
    {
        await WriteAsync("t", Line(0, "same"), Line(0, "same"));
        await SendAsync();
        File.Delete(Path.Combine(_directory.FullName, "loki.db"));
        await WriteAsync("t", Line(0, "same"));
        await SendAsync();
        Assert.Equal([_now, _now + 1, _now + 2], _loki.Store.Lines.Select(static line => line.Timestamp));
    }

    [Theory]
    [InlineData("push-too-old")]
    [InlineData("push-future")]
    public async Task What_Loki_refuses_for_good_does_not_hold_up_the_rest(string recording)
    {
        _loki.Intercept = _ => Recording.Read(Path.Combine(AppContext.BaseDirectory, "Recordings", recording + ".json")).Response;
        await WriteAsync("t", Line(0, "bad"));
        await SendAsync();
        _loki.Intercept = null;
        await WriteAsync("t", Line(1, "good"));
        await SendAsync();
        Assert.Equal(["good"], Received);
    }

    [Fact]
    public async Task Too_large_a_request_is_halved()
    {
        _loki.Intercept = static request => request.Body.Length > 1500 ? Response.Text(413, "too large") : null;
        await WriteAsync("t", [.. Enumerable.Range(0, 200).Select(number => Line(number, $"line {number} {Guid.NewGuid()}"))]);
        await SendAsync();
        Assert.Equal(200, _loki.Store.Lines.Count);
        Assert.Equal(_loki.Store.Lines.OrderBy(static line => line.Timestamp), _loki.Store.Lines);
    }

    [Fact]
    public async Task Many_lines_go_in_several_requests()
    {
        await WriteAsync("t", [.. Enumerable.Range(0, 2500).Select(number => Line(number, $"line {number}"))]);
        await SendAsync();
        Assert.Equal(Enumerable.Range(0, 2500).Select(static number => $"line {number}"), Received);
        Assert.Equal(3, _loki.Requests.Count);
    }

    [Fact]
    public async Task Large_lines_go_in_requests_of_about_a_megabyte()
    {
        await WriteAsync("t", [.. Enumerable.Range(0, 10).Select(number => Line(number, number + new string('x', 400_000)))]);
        await SendAsync();
        Assert.Equal(10, _loki.Store.Lines.Count);
        Assert.Equal(5, _loki.Requests.Count);
    }

    [Fact]
    public async Task After_an_outage_tasks_catch_up_side_by_side()
    {
        // Loki takes lines up to an hour behind the newest of their stream.
        foreach (string task in (string[])["a", "b", "c"])
        {
            await WriteAsync(task, [.. Enumerable.Range(0, 50).Select(number => Line((-5 * Hour) + (number * Hour / 10), $"{task} {number}"))]);
        }

        await SendAsync();
        long newest = 0;
        foreach (StoredLine line in _loki.Store.Lines)
        {
            newest = Math.Max(newest, line.Timestamp);
            Assert.InRange(newest - line.Timestamp, 0, Hour - 1);
        }

        Assert.Equal(150, _loki.Store.Lines.Count);
    }

    [Fact]
    public async Task Lines_that_Loki_would_find_too_old_are_left_out()
    {
        await WriteAsync("old", Line(-8 * 24 * Hour, "too old"));
        await WriteAsync("t", Line(-8 * 24 * Hour, "too old"), Line(-6 * 24 * Hour, "old"), Line(0, "new"), Line(-8 * 24 * Hour, "late"));
        await SendAsync();
        await SendAsync();
        Assert.Equal(["old", "new"], Received);
        Assert.Single(_loki.Requests);
    }

    [Fact]
    public async Task A_task_that_was_deleted_and_made_again_begins_anew()
    {
        await WriteAsync("t", Line(0, "one"), Line(1, "two"));
        await SendAsync();
        await _store.DeleteTaskAsync("t", CancellationToken.None);
        await _store.AppendAsync([new TaskAppend("t", [Line(2, "three")], _now + 1)], CancellationToken.None);
        await SendAsync();
        Assert.Equal(["one", "two", "three"], Received);
    }

    [Fact]
    public async Task Cursors_of_tasks_that_are_gone_are_forgotten()
    {
        await WriteAsync("t", Line(0, "one"));
        await WriteAsync("u", Line(0, "one of u"));
        await SendAsync();
        TaskRecord gone = (await _store.FindTaskAsync("t", CancellationToken.None))!;
        TaskRecord left = (await _store.FindTaskAsync("u", CancellationToken.None))!;
        await _store.DeleteTaskAsync("t", CancellationToken.None);
        await SendAsync();
        using LokiCursors cursors = OpenCursors();
        Assert.Equal((0, 1), (cursors.Get(gone), cursors.Get(left)));
    }

    [Fact]
    public async Task The_service_sends_by_itself_and_recovers_from_an_outage()
    {
        var down = true;
        _loki.Intercept = _ => Volatile.Read(ref down) ? Response.Text(503, "starting") : null;
        await WriteAsync("t", Line(0, "one"));
        using LokiClient client = Client();
        using LokiCursors cursors = OpenCursors();
        using LokiSink sink = Sink(client, cursors);
        await sink.StartAsync(CancellationToken.None);
        await Until(() => _loki.Requests.Count >= 3);
        Volatile.Write(ref down, false);
        await Until(() => Received.Any());
        await WriteAsync("t", Line(1, "two"));
        await Until(() => Received.Count() >= 2);
        await sink.StopAsync(CancellationToken.None);
        Assert.Equal(["one", "two"], Received);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }

    private LogEntry Line(long offset, string message) => Sample.Line(message) with { Timestamp = _now + offset };

    private Task<IReadOnlyList<AppendResult>> WriteAsync(string task, params LogEntry[] entries) =>
        _store.AppendAsync([new TaskAppend(task, entries, Rfc3339.Now(TimeProvider.System))], CancellationToken.None);

    /// <summary>What a server does that was just started.</summary>
    private async Task SendAsync()
    {
        using LokiClient client = Client();
        using LokiCursors cursors = OpenCursors();
        using LokiSink sink = Sink(client, cursors);
        await sink.SendAsync(isFull: true, CancellationToken.None);
    }

    private LokiClient Client() => new(new LokiOptions { Url = _loki.Url });

    private LokiCursors OpenCursors() => new(Path.Combine(_directory.FullName, "loki.db"));

    private LokiSink Sink(LokiClient client, LokiCursors cursors) => new(
        _store,
        client,
        cursors,
        new LokiSinkOptions
        {
            Loki = client.Options,
            Interval = TimeSpan.FromMilliseconds(5),
            FirstPause = TimeSpan.FromMilliseconds(2),
            LongestPause = TimeSpan.FromMilliseconds(10),
        },
        TimeProvider.System,
        NullLogger<LokiSink>.Instance);
}
