using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Flatnet.Podman.Logs;

/// <summary>
/// A log from a source that can break off. Each connection begins a little before the last line that was read, and what is known
/// already is left out: so history joins the live lines, and each connection the one before it.
/// </summary>
internal sealed class StreamedLog : IContainerLog
{
    private const int MostBuffered = 256;
    private const int MostTries = 5;
    private const int FewestAsked = 1000;

    // The server makes room for all of them at once.
    private const int MostAsked = 100_000;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    // A line may be written a little after its stamp was taken.
    private static readonly TimeSpan WritingTime = TimeSpan.FromSeconds(1);

    private readonly ILogSource _source;
    private readonly IContainerLife _life;
    private readonly bool _hasTerminal;
    private readonly Func<Backoff> _newBackoff;

    public StreamedLog(ILogSource source, IContainerLife life, bool hasTerminal, Func<Backoff>? newBackoff = null)
    {
        _source = source;
        _life = life;
        _hasTerminal = hasTerminal;
        _newBackoff = newBackoff ?? (() => new Backoff(FirstWait, LongestWait));
    }

    /// <inheritdoc/>
    public string Source => _source.Name;

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogRecord> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Channel<LogRecord> lines = Channel.CreateBounded<LogRecord>(MostBuffered);
        using CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task reading = PumpAsync(query, lines.Writer, leaving.Token);
        try
        {
            await foreach (LogRecord line in lines.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                yield return line;
            }
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PumpAsync(LogQuery query, ChannelWriter<LogRecord> lines, CancellationToken cancellation)
    {
        try
        {
            await new Reading(this, query, lines).RunAsync(cancellation).ConfigureAwait(false);
            lines.Complete();
        }
        catch (Exception problem)
        {
            lines.Complete(problem);
        }
    }

    /// <summary>One answer to one query.</summary>
    private sealed class Reading(StreamedLog log, LogQuery query, ChannelWriter<LogRecord> lines)
    {
        private readonly Backoff _backoff = log._newBackoff();
        private LineJoin _join = new(query, log._hasTerminal);
        private bool _hasBegun;
        private bool _isLost;
        private bool _hasEnded;

        public async Task RunAsync(CancellationToken cancellation)
        {
            for (int tries = 1; !await TryRoundAsync(tries, cancellation).ConfigureAwait(false); tries++)
            {
                await _backoff.WaitAsync(cancellation).ConfigureAwait(false);
            }

            while (_join.TryFinish(out LogRecord line))
            {
                await lines.WriteAsync(line, cancellation).ConfigureAwait(false);
            }
        }

        // True when everything was read.
        private async Task<bool> TryRoundAsync(int tries, CancellationToken cancellation)
        {
            try
            {
                return await RoundAsync(cancellation).ConfigureAwait(false);
            }
            catch (Exception problem) when (IsBroken(problem) && (query.Follow || tries < MostTries))
            {
                _isLost = true;
                return false;
            }
            catch (EngineException) when (_hasBegun && _hasEnded)
            {
                // The container was removed, and its log with it.
                return true;
            }
            catch (IOException problem)
            {
                throw new EngineException(EngineFailure.Refused, $"the log was not sent to its end: {problem.Message}", "Try again.", problem);
            }
        }

        // Whether the container has ended is asked first: then what is read afterwards is all of it.
        private async Task<bool> RoundAsync(CancellationToken cancellation)
        {
            LifeState state = query.Follow ? await log._life.AskAsync(cancellation).ConfigureAwait(false) : default;
            _hasEnded = state.HasEnded;
            if (_isLost && !_hasEnded)
            {
                query.Notice?.Invoke("reconnecting…");
            }

            int count = _hasBegun || query.Tail is not { } tail
                ? await PassAsync(follow: false, cancellation).ConfigureAwait(false)
                : await LastAsync(tail, cancellation).ConfigureAwait(false);
            if (_isLost && !_hasEnded)
            {
                query.Notice?.Invoke(string.Create(CultureInfo.InvariantCulture, $"reconnected, {count} lines recovered"));
            }

            _isLost = false;
            if (!query.Follow || IsTimeOver() || (_hasEnded && !query.AcrossRestarts))
            {
                return true;
            }

            if (_hasEnded)
            {
                // It may run so shortly that there is nothing to follow: the next round reads what it wrote.
                await log._life.WaitForStartAsync(state, cancellation).ConfigureAwait(false);
                _backoff.Reset();
                return false;
            }

            await FollowAsync(cancellation).ConfigureAwait(false);
            return IsTimeOver();
        }

        private async Task FollowAsync(CancellationToken cancellation)
        {
            using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            if (query.Until is { } until)
            {
                over.CancelAfter(TimeSpan.FromTicks(Math.Clamp((until / 100) - Now.Ticks, 0, TimeSpan.FromDays(40).Ticks)) + WritingTime);
            }

            long begun = Environment.TickCount64;
            try
            {
                await PassAsync(follow: true, over.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return;
            }
            finally
            {
                if (Environment.TickCount64 - begun > Backoff.Healthy.TotalMilliseconds)
                {
                    _backoff.Reset();
                }
            }

            // It ended in order: because the container did, or the service. The next round tells.
            _isLost = true;
        }

        // Writes the new lines of one connection.
        private async Task<int> PassAsync(bool follow, CancellationToken cancellation)
        {
            int count = 0;
            LogRequest request = new() { Since = _join.Begin(), Until = query.Until, Follow = follow };
            await foreach (LogPiece piece in log._source.ReadAsync(request, cancellation).ConfigureAwait(false))
            {
                _hasBegun = true;
                if (_join.TryAdd(piece, out LogRecord line))
                {
                    count++;
                    await lines.WriteAsync(line, cancellation).ConfigureAwait(false);
                }

                if (follow && _join.IsPastRange)
                {
                    break;
                }
            }

            _hasBegun = true;
            return count;
        }

        // Podman's own tail glues pieces of different lines together. It only tells here how far back to begin.
        private async Task<int> LastAsync(int count, CancellationToken cancellation)
        {
            long asked = query.Since is not null ? MostAsked + 1L : Math.Max(count * 2L, query.Filter is null ? count + 10L : FewestAsked);
            while (true)
            {
                (long? since, bool isAll) = await FindStartAsync(asked, cancellation).ConfigureAwait(false);
                _join = new LineJoin(query with { Since = since ?? query.Since }, log._hasTerminal);
                Queue<LogRecord> last = await LastSinceAsync(count, cancellation).ConfigureAwait(false);
                if (last.Count < count && !isAll)
                {
                    asked *= 10;
                    continue;
                }

                foreach (LogRecord line in last)
                {
                    await lines.WriteAsync(line, cancellation).ConfigureAwait(false);
                }

                _hasBegun = true;
                return last.Count;
            }
        }

        private async Task<Queue<LogRecord>> LastSinceAsync(int count, CancellationToken cancellation)
        {
            Queue<LogRecord> last = new();
            LogRequest request = new() { Since = _join.Begin(), Until = query.Until };
            await foreach (LogPiece piece in log._source.ReadAsync(request, cancellation).ConfigureAwait(false))
            {
                Keep(_join.TryAdd(piece, out LogRecord line), line);
            }

            while (!query.Follow && _join.TryFinish(out LogRecord line))
            {
                Keep(true, line);
            }

            return last;

            void Keep(bool isWanted, in LogRecord line)
            {
                if (isWanted && count > 0)
                {
                    last.Enqueue(line);
                }

                if (last.Count > count)
                {
                    last.Dequeue();
                }
            }
        }

        // The stamp of the first of the last so many pieces; whether there are no more than these.
        private async Task<(long? Since, bool IsAll)> FindStartAsync(long asked, CancellationToken cancellation)
        {
            if (asked > MostAsked)
            {
                return (null, true);
            }

            long first = long.MaxValue;
            int count = 0;
            LogRequest request = new() { Tail = (int)asked };
            await foreach (LogPiece piece in log._source.ReadAsync(request, cancellation).ConfigureAwait(false))
            {
                count++;
                first = Math.Min(first, piece.Record.Timestamp);
            }

            return count < asked ? (null, true) : (first, false);
        }

        private bool IsTimeOver()
        {
            return query.Until is { } until && (_join.IsPastRange || (Now - WritingTime).Ticks > until / 100);
        }

        private static TimeSpan Now => DateTime.UtcNow - DateTime.UnixEpoch;

        private bool IsBroken(Exception problem)
        {
            return problem is IOException
                || (_hasBegun && problem is EngineException { Failure: EngineFailure.Absent or EngineFailure.Timeout })
                || (_hasBegun && problem is EngineException { InnerException: IOException or HttpRequestException { InnerException: IOException } });
        }
    }
}
