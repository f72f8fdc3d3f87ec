using System.Threading.Channels;
using Flatnet.Logs;
using Flatnet.LogServer.Harness;
using Flatnet.Server.Storage;
using static Flatnet.Server.Tests.Storage.Lines;

namespace Flatnet.Server.Tests.Storage.Postgres;

/// <summary>Two log servers with one PostgreSQL.</summary>
[Collection(OnPostgres.Name)]
public sealed class SeveralServersTests(PostgresServer server) : IAsyncLifetime
{
    private readonly string _schema = PostgresSchemas.NewName();
    private ILogStore _one = null!;
    private ILogStore _two = null!;

    public async Task InitializeAsync()
    {
        _one = server.CreateStore(_schema);
        _two = server.CreateStore(_schema);
        // At once: they make the tables together.
        await Task.WhenAll(_one.OpenAsync(CancellationToken.None), _two.OpenAsync(CancellationToken.None));
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        await server.DropAsync(_schema);
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
    public async Task When_listening_breaks_it_is_told_once_it_is_mended_so_that_nothing_is_missed()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        Task watching = _two.WatchOtherServersAsync(_ => Task.CompletedTask, stop.Token);
        await server.ExecuteAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
        await Assert.ThrowsAsync<StoreException>(() => watching);
        await _one.AppendAsync("t", Numbered(1, 1));

        Assert.Equal([new Commit("t", 1, 1)], await HearAsync(_two, 1, stop.Token));
    }

    [Fact]
    public async Task Both_may_write_to_the_same_tasks()
    {
        await Task.WhenAll(WriteAsync(_one, "one"), WriteAsync(_two, "two"));
        List<LogEntry> lines = await _one.ReadAllAsync("t");

        Assert.Equal(Enumerable.Range(1, 200).Select(static number => (long)number), lines.Select(static line => line.Seq));
        foreach (string stream in (string[])["one", "two"])
        {
            Assert.Equal(
                Enumerable.Range(1, 100).Select(static number => (long)number),
                lines.Where(line => line.StreamId == stream).Select(static line => line.Sequence));
        }

        static async Task WriteAsync(ILogStore store, string stream)
        {
            for (int sequence = 1; sequence <= 100; sequence += 5)
            {
                int first = sequence;
                await store.AppendAsync("t", [.. Enumerable.Range(first, 5).Select(number => Line($"{number}", stream: stream, sequence: number))]);
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
