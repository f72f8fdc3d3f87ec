using System.Threading.Channels;
using Flatnet.Logs;
using Flatnet.Server.Storage;
using static Flatnet.Server.Tests.Storage.Lines;

namespace Flatnet.Server.Tests.Storage.Mongo;

/// <summary>Two log servers with one MongoDB.</summary>
public sealed class SeveralServersTests : IAsyncLifetime
{
    private readonly MongoStandIn _server = MongoStandIn.Start();
    private ILogStore _one = null!;
    private ILogStore _two = null!;

    public async Task InitializeAsync()
    {
        _one = _server.CreateStore();
        _two = _server.CreateStore();
        await Task.WhenAll(_one.OpenAsync(CancellationToken.None), _two.OpenAsync(CancellationToken.None));
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Each_hears_of_the_other_s_commits_and_not_of_its_own()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await _one.AppendAsync("t", Numbered(1, 2));
        await _two.AppendAsync("t", Numbered(3, 3));
        await _one.SaveTaskAsync("t", new TaskChange { At = Then, ExitCode = 0 }, CancellationToken.None);

        Assert.Equal([new Commit("t", 1, 2), new Commit("t", 0, 3)], await HearAsync(_two, 2, stop.Token));
        Assert.Equal([new Commit("t", 3, 3)], await HearAsync(_one, 1, stop.Token));
    }

    [Fact]
    public async Task What_is_committed_while_one_listens_is_told_once()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        Task<List<Commit>> hearing = HearAsync(_two, 3, stop.Token);
        for (int number = 1; number <= 3; number++)
        {
            await _one.AppendAsync("t", Numbered(number, number));
        }

        Assert.Equal([new Commit("t", 1, 1), new Commit("t", 2, 2), new Commit("t", 3, 3)], await hearing);
        await _one.AppendAsync("t", Numbered(4, 4));
        Assert.Equal([new Commit("t", 4, 4)], await HearAsync(_two, 1, stop.Token));
    }

    [Fact]
    public async Task Who_fell_too_far_behind_is_told_and_listens_anew()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        _server.Documents.Change("events", static events => events.RemoveRange(0, 2));
        await _one.AppendAsync("t", Numbered(1, 1));
        await Assert.ThrowsAsync<StoreException>(() => _two.WatchOtherServersAsync(_ => Task.CompletedTask, stop.Token));
        await _one.AppendAsync("t", Numbered(2, 2));

        Assert.Equal([new Commit("t", 2, 2)], await HearAsync(_two, 1, stop.Token));
    }

    [Fact]
    public async Task When_the_place_is_overwritten_while_one_listens_it_is_told()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await _one.AppendAsync("t", Numbered(1, 1));
        var heard = new TaskCompletionSource();
        Task watching = _two.WatchOtherServersAsync(
            _ =>
            {
                heard.TrySetResult();
                return Task.CompletedTask;
            },
            stop.Token);
        await heard.Task;
        _server.Documents.Change("events", static events => events.Clear());

        Assert.StartsWith("Cannot listen for other servers in MongoDB", (await Assert.ThrowsAsync<StoreException>(() => watching)).Message, StringComparison.Ordinal);
        await _one.AppendAsync("t", Numbered(2, 2));
        Assert.Equal([new Commit("t", 2, 2)], await HearAsync(_two, 1, stop.Token));
    }

    [Fact]
    public async Task One_that_ends_does_not_end_the_other()
    {
        await _one.DisposeAsync();
        await _two.AppendAsync("t", Numbered(1, 1));

        Assert.Equal(["line 1"], await _two.ReadTextsAsync(new LogQuery { TaskId = "t" }));
    }

    [Fact]
    public async Task Both_may_write_to_the_same_tasks_some_of_them_together()
    {
        await Task.WhenAll(WriteAsync(_one, "one", "a", "b"), WriteAsync(_two, "two", "b", "a"), WriteAsync(_two, "three", "b"));
        foreach ((string task, string[] streams) in new[] { ("a", (string[])["one", "two"]), ("b", ["one", "two", "three"]) })
        {
            List<LogEntry> lines = await _one.ReadAllAsync(task);
            Assert.Equal(Enumerable.Range(1, streams.Length * 40).Select(static number => (long)number), lines.Select(static line => line.Seq));
            Assert.All(streams, stream => Assert.Equal(
                Enumerable.Range(1, 40).Select(static number => (long)number),
                lines.Where(line => line.StreamId == stream).Select(static line => line.Sequence)));
        }

        static async Task WriteAsync(ILogStore store, string stream, params string[] tasks)
        {
            for (int sequence = 1; sequence <= 40; sequence++)
            {
                await store.AppendAsync(
                    [.. tasks.Select(task => new TaskAppend(task, [Line($"{sequence}", stream: stream, sequence: sequence)], Then))], CancellationToken.None);
            }
        }
    }

    private static async Task<List<Commit>> HearAsync(ILogStore store, int count, CancellationToken cancellation)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var heard = Channel.CreateUnbounded<Commit>();
        Task watching = store.WatchOtherServersAsync(commit => heard.Writer.WriteAsync(commit).AsTask(), enough.Token);
        var commits = new List<Commit>();
        while (commits.Count < count)
        {
            commits.Add(await heard.Reader.ReadAsync(cancellation));
        }

        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
        return commits;
    }
}
