using System.Threading.Channels;
using Flatnet.Loki.Http;
using Flatnet.Loki.Reading;

namespace Flatnet.Loki.Following;

/// <summary>
/// Joins history and live lines: the tail is opened first and waits, the history is read, then the tail goes on with the lines
/// that the history did not have. After every interruption the same is done from shortly before the newest line.
/// </summary>
internal sealed partial class Follower
{
    private readonly LokiHttp _http;
    private readonly LokiOptions _options;
    private readonly LokiPace _pace;
    private readonly LokiQuery _query;
    private readonly StreamTable _table;
    private readonly History _history;
    private readonly ChannelWriter<LokiEntry> _output;
    private readonly SeenEntries _seen;
    private readonly ReorderWindow _window;
    private readonly Backoff _backoff;
    private readonly long _overlap;

    /// <summary>Everything older than this was read. Never ahead of our clock: a line from the future would hide a gap.</summary>
    private long _newest;

    public Follower(
        LokiHttp http, LokiOptions options, LokiQuery query, StreamTable table, History history, ChannelWriter<LokiEntry> output)
    {
        (_http, _options, _query, _table, _history, _output) = (http, options, query, table, history, output);
        _pace = options.Pace;
        _seen = new SeenEntries(_pace.Memory, _pace.MemoryLines);
        _window = new ReorderWindow(_pace.ReorderWindow);
        _backoff = new Backoff(_pace);
        _overlap = _pace.Overlap.Nanoseconds();
    }

    private long Resume => _newest - _overlap;

    private bool IsOver => _query.Until is { } until && NanosecondClock.Now >= until + _overlap;

    /// <summary>Runs until it is cancelled, or until the end of the query's range has passed.</summary>
    /// <exception cref="LokiException">The history cannot be read, or Loki refuses to go on.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        _newest = NanosecondClock.Now;
        TailConnection? tail = null;
        TailRefusedException? refusal = null;
        try
        {
            tail = await OpenAsync(cancellation).ConfigureAwait(false);
            _newest = Math.Min(_newest, tail.ServerTime ?? _newest);
            _seen.KeepFrom = Resume;
        }
        catch (TailRefusedException exception)
        {
            // If Loki is not there at all, the history will say so.
            refusal = exception;
        }

        try
        {
            await ReadHistoryAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            await CloseAsync(tail).ConfigureAwait(false);
            throw;
        }

        while (!IsOver)
        {
            if (refusal is { IsFinal: true })
            {
                await PollAsync(refusal.Message, cancellation).ConfigureAwait(false);
                return;
            }

            var end = (Kind: TailEnd.Broken, Reason: refusal?.Message ?? "");
            if (tail is not null)
            {
                end = await ReceiveAsync(tail, cancellation).ConfigureAwait(false);
                tail = null;
            }

            if (end.Kind == TailEnd.TooMany)
            {
                refusal = new TailRefusedException(end.Reason, isFinal: true);
            }
            else if (!IsOver)
            {
                (tail, refusal) = await ReconnectAsync(end.Kind, end.Reason, cancellation).ConfigureAwait(false);
            }
        }

        await CloseAsync(tail).ConfigureAwait(false);
    }

    private async Task ReadHistoryAsync(CancellationToken cancellation)
    {
        var end = LokiClient.End(_query);
        var resume = Math.Max(Resume, _query.Since ?? long.MinValue);
        if (_query.Tail is not { } count)
        {
            var start = _query.Since ?? _newest - _query.MaxLookback.Nanoseconds();
            await foreach (var page in _history.ReadForwardAsync(start, end, cancellation).ConfigureAwait(false))
            {
                foreach (var entry in page)
                {
                    if (entry.Timestamp >= resume)
                    {
                        _seen.Add(entry, _newest);
                    }

                    await EmitAsync(entry, cancellation).ConfigureAwait(false);
                }
            }

            return;
        }

        // All lines that the tail may send once more must be known, also those that are too many to be shown.
        var recent = new List<Entry>();
        await foreach (var page in _history.ReadForwardAsync(resume, end, cancellation).ConfigureAwait(false))
        {
            page.ForEach(entry => _seen.Add(entry, _newest));
            recent.AddRange(page);
        }

        var older = count > recent.Count
            ? await _history.ReadLastAsync(_query.Since, resume, count - recent.Count, _query.MaxLookback, cancellation).ConfigureAwait(false)
            : [];
        foreach (var entry in older.Concat(recent).TakeLast(count))
        {
            await EmitAsync(entry, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Passes on what Loki has and was not seen, from shortly before the newest line on; how many that was.</summary>
    private async Task<int> RecoverAsync(CancellationToken cancellation)
    {
        await EmitDueAsync(long.MaxValue, cancellation).ConfigureAwait(false);
        var recovered = 0;
        var start = Math.Max(Resume, _query.Since ?? long.MinValue);
        await foreach (var page in _history.ReadForwardAsync(start, LokiClient.End(_query), cancellation).ConfigureAwait(false))
        {
            foreach (var entry in page.Where(IsNew))
            {
                recovered++;
                await EmitAsync(entry, cancellation).ConfigureAwait(false);
            }
        }

        return recovered;
    }

    /// <summary>Whether a line belongs to the query's range and was not seen; remembers it.</summary>
    private bool IsNew(Entry entry)
    {
        if (entry.Timestamp < _query.Since || entry.Timestamp >= _query.Until || !_seen.Add(entry, _newest))
        {
            return false;
        }

        _newest = Math.Max(_newest, Math.Min(entry.Timestamp, NanosecondClock.Now));
        return true;
    }

    private async Task<TailConnection> OpenAsync(CancellationToken cancellation)
    {
        var start = Math.Max(Resume, _query.Since ?? long.MinValue);
        _seen.KeepFrom = start;
        return await TailConnection.OpenAsync(_http, _options, _query.Query, start, cancellation).ConfigureAwait(false);
    }

    private async Task EmitDueAsync(long now, CancellationToken cancellation)
    {
        foreach (var entry in _window.Take(now))
        {
            await EmitAsync(entry, cancellation).ConfigureAwait(false);
        }
    }

    private ValueTask EmitAsync(Entry entry, CancellationToken cancellation) => _output.WriteAsync(entry.ToLokiEntry(), cancellation);

    private void Notice(bool isSilent, string text)
    {
        if (!isSilent)
        {
            _query.Notice?.Invoke(text);
        }
    }

    private static bool IsTemporary(Exception exception) =>
        exception is LokiException { Failure: LokiFailure.Unavailable or LokiFailure.TooManyRequests };

    private static async ValueTask CloseAsync(TailConnection? tail)
    {
        if (tail is not null)
        {
            await tail.DisposeAsync().ConfigureAwait(false);
        }
    }
}
