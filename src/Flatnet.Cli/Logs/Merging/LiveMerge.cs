using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Flatnet.Cli.Logs;

/// <summary>Merges sources that go on: see <see cref="ReorderWindow"/>. A source that is far ahead is not read on.</summary>
internal sealed class LiveMerge(ImmutableArray<IAsyncEnumerable<LogLine>> sources, TimeProvider time)
{
    private const int MostWaiting = 1000;

    private readonly Channel<(int Source, LogLine? Line)> _arrivals =
        Channel.CreateUnbounded<(int, LogLine?)>(new UnboundedChannelOptions { SingleReader = true });

    // How many more lines each source may bring before some are handed out.
    private readonly ImmutableArray<SemaphoreSlim> _room = [.. sources.Select(_ => new SemaphoreSlim(MostWaiting))];

    private Task<bool>? _arrival;

    public async IAsyncEnumerable<LogLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] pumps = [.. sources.Select((source, index) => PumpAsync(source, index, stopping.Token))];
        try
        {
            var window = new ReorderWindow(sources.Length);
            long begin = time.GetTimestamp();
            int open = sources.Length;
            while (true)
            {
                while (_arrivals.Reader.TryRead(out (int Source, LogLine? Line) arrival))
                {
                    if (arrival.Line is { } arrived)
                    {
                        window.Add(arrival.Source, arrived, time.GetElapsedTime(begin));
                    }
                    else
                    {
                        open--;
                        window.End(arrival.Source);
                        // An error of one source ends the whole.
                        await pumps[arrival.Source].ConfigureAwait(false);
                    }
                }

                if (window.TryTake(time.GetElapsedTime(begin), out int source, out LogLine line, out TimeSpan? wait))
                {
                    _room[source].Release();
                    yield return line;
                    continue;
                }

                if (open == 0)
                {
                    yield break;
                }

                await ArrivalAsync(wait, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(pumps).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ArrivalAsync(TimeSpan? wait, CancellationToken cancellation)
    {
        _arrival ??= _arrivals.Reader.WaitToReadAsync(cancellation).AsTask();
        try
        {
            await _arrival.WaitAsync(wait ?? Timeout.InfiniteTimeSpan, time, cancellation).ConfigureAwait(false);
            _arrival = null;
        }
        catch (TimeoutException)
        {
            // The line that waits is due.
        }
    }

    private async Task PumpAsync(IAsyncEnumerable<LogLine> source, int index, CancellationToken cancellation)
    {
        await Task.Yield();
        try
        {
            await foreach (LogLine line in source.WithCancellation(cancellation).ConfigureAwait(false))
            {
                await _room[index].WaitAsync(cancellation).ConfigureAwait(false);
                _arrivals.Writer.TryWrite((index, line.Kept()));
            }
        }
        finally
        {
            _arrivals.Writer.TryWrite((index, null));
        }
    }
}
