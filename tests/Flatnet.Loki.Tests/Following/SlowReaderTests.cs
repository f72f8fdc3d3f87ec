using Flatnet.Loki.Tests.Support;
using Flatnet.Loki.TestServer;

namespace Flatnet.Loki.Tests.Following;

public sealed class SlowReaderTests
{
    [Fact]
    public async Task What_does_not_fit_into_memory_is_asked_for_later()
    {
        const int Lines = 10_000;
        await using var server = new LokiTestServer();
        server.Store.Add(Sample.Now, "0", Sample.Web);
        using var client = server.Client(Sample.Fast with { QueueBytes = 20_000 });
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var lines = new List<string>();
        await foreach (var entry in client.ReadAsync(new() { Query = "{job=\"web\"}", Tail = 10, Follow = true }, stop.Token))
        {
            lines.Add(entry.Line);
            if (lines.Count == 1)
            {
                // Nothing is read here while they come.
                for (var number = 1; number < Lines; number++)
                {
                    server.Store.Add(Sample.Now, $"{number}", Sample.Web);
                }

                await Task.Delay(500, stop.Token);
            }

            if (lines.Count == Lines)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(0, Lines).Select(static number => $"{number}"), lines);
        Assert.Equal(1, server.TailsOpened);
    }
}
