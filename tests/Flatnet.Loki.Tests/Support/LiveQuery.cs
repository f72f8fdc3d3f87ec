using System.Collections.Concurrent;

namespace Flatnet.Loki.Tests.Support;

/// <summary>A query that is being followed; collects what comes.</summary>
internal sealed class LiveQuery : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;

    public LiveQuery(LokiClient client, LokiQuery query) =>
        _reading = ReadAsync(client, query with { Follow = true, Notice = Notices.Enqueue });

    public ConcurrentQueue<LokiEntry> Entries { get; } = [];

    public ConcurrentQueue<string> Notices { get; } = [];

    public IEnumerable<string> Lines => Entries.Select(static entry => entry.Line);

    /// <summary>Why it ended, if it did so by itself.</summary>
    public Task Reading => _reading;

    /// <summary>Waits until something holds; fails with what came instead.</summary>
    public async Task UntilAsync(Func<bool> holds, string what)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (!holds())
        {
            Assert.True(
                DateTime.UtcNow < deadline,
                $"{what} did not happen; {Entries.Count} lines, the last: {string.Join(" | ", Lines.TakeLast(5))}; notices: {string.Join(" | ", Notices.TakeLast(5))}");
            if (_reading.IsFaulted)
            {
                await _reading;
            }

            await Task.Delay(5);
        }
    }

    public Task UntilCountAsync(int count) => UntilAsync(() => Entries.Count >= count, $"{count} lines");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.ContinueWith(static _ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }

    private async Task ReadAsync(LokiClient client, LokiQuery query)
    {
        try
        {
            await foreach (var entry in client.ReadAsync(query, _stop.Token))
            {
                Entries.Enqueue(entry);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The test is over.
        }
    }
}
