using System.Text;
using Flatnet.Cli.Logs;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Logs;

public class RestartTests
{
    private static readonly DateTimeOffset Start = LogsBench.Now;

    [Fact]
    public async Task Following_goes_on_with_the_next_start_and_with_a_container_made_anew()
    {
        var engine = new FakeEngine();
        var notes = new List<string>();
        var queries = new List<LogQuery>();
        using var stopping = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        engine.Containers.Add(Started("aaaa", Start));
        IContainerLog Open(ContainerDetails details)
        {
            // What happens while this log is read: a restart, a new container, the end.
            engine.Containers[0] = queries.Count switch
            {
                0 => Started("aaaa", Start.AddSeconds(5)),
                1 => Started("bbbb", Start.AddSeconds(9)),
                _ => engine.Containers[0],
            };
            return new Recorder(queries, new LogRecord(100 + queries.Count, LogChannel.Output, Encoding.UTF8.GetBytes($"line {queries.Count}")));
        }

        var source = new ContainerSource(engine, Open, engine.Containers[0], "web", notes.Add);
        var lines = new List<string>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (LogLine line in source.ReadAsync(new LineQuery { Tail = 5, Follow = true, Restarts = true }, stopping.Token))
            {
                lines.Add(Encoding.UTF8.GetString(line.Text.Span));
                if (lines.Count == 3)
                {
                    await stopping.CancelAsync();
                }
            }
        });
        Assert.Equal(["line 0", "line 1", "line 2"], lines);
        Assert.Equal([(null, 5), (101L, null), (null, null)], queries.Select(query => (query.Since, query.Tail)));
        Assert.All(queries, query => Assert.NotNull(query.Notice));
        Assert.Equal(["container web exited (code 3)", "container web started", "container web was removed", "container web started"], notes.Take(4));
    }

    [Fact]
    public async Task Following_with_neighbours_begins_at_the_last_matches()
    {
        using var bench = new LogsBench();
        bench.Container("web", "ERROR a", "  at Main", "INFO b", "ERROR c", "INFO d");
        Assert.Equal("ERROR c\n", await bench.LinesAsync("web", "-f", "--tail", "1", "--level", "error"));
        Assert.Equal("INFO b\nERROR c\nINFO d\n", await bench.LinesAsync("web", "-f", "--tail", "1", "--grep", "ERROR", "-C", "1"));
        Assert.Equal("", await bench.LinesAsync("web", "-f", "--tail", "0", "--level", "error"));
    }

    [Fact]
    public async Task Following_several_targets_keeps_the_order_of_time()
    {
        using var bench = new LogsBench();
        bench.Container("one", 0, "a", "c");
        bench.Container("two", LogsBench.Second / 2, "b", "d");
        Assert.Equal("one | a\ntwo | b\none | c\ntwo | d\n", await bench.LinesAsync("one", "two", "-f"));
    }

    private static ContainerDetails Started(string id, DateTimeOffset time)
    {
        ContainerDetails details = FakeEngine.Details("web", id);
        return details with { Container = details.Container with { StartedAt = time } };
    }

    private sealed class Recorder(List<LogQuery> queries, LogRecord record) : IContainerLog
    {
        public string Source => "file";

        public async IAsyncEnumerable<LogRecord> ReadAsync(
            LogQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.Yield();
            cancellation.ThrowIfCancellationRequested();
            queries.Add(query);
            yield return record;
        }
    }
}
