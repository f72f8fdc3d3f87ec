using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Flatnet.Cli.Times;
using Flatnet.Loki;
using Flatnet.Podman;

namespace Flatnet.Cli.Logs;

/// <summary>The lines that Loki keeps under a selector.</summary>
/// <param name="loki">Loki.</param>
/// <param name="target">Whose lines they are.</param>
/// <param name="selector">The streams, such as <c>{job="gateway"}</c>.</param>
/// <param name="maxLookback">How far back lines are searched when no beginning is given.</param>
/// <param name="time">The clock.</param>
/// <param name="note">Told what a person should know.</param>
internal sealed class LokiSource(
    ILokiLogs loki, string target, string selector, TimeSpan maxLookback, TimeProvider time, Action<string> note) : ILogSource
{
    private const long Day = 24 * Hour;
    private const long Hour = 3600 * 1_000_000_000L;

    public LogOrigin Origin { get; } = new(target, "loki");

    public string Description => "Loki";

    public bool CanApply(LineFilter filter) => filter.ToLogQl() is not null;

    public IEnumerable<long?> Windows(long until)
    {
        long longest = maxLookback.Ticks * 100;
        return new[] { Hour, 6 * Hour, Day, longest }.Where(window => window <= longest).Distinct().Select(window => (long?)Math.Max(0, until - window));
    }

    public async IAsyncEnumerable<LogLine> ReadAsync(LineQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long now = UnixTime.Nanoseconds(time.GetUtcNow());
        await using IAsyncEnumerator<LokiEntry> entries = loki.ReadAsync(ToLoki(query, now), cancellation).GetAsyncEnumerator(cancellation);
        bool hasNext;
        try
        {
            await ExpectStreamAsync(query, now, cancellation).ConfigureAwait(false);
            hasNext = await entries.MoveNextAsync().ConfigureAwait(false);
        }
        catch (LokiException exception) when (exception.Failure is LokiFailure.Unavailable or LokiFailure.TooManyRequests)
        {
            throw new SourceUnavailableException(exception.Message, isEmpty: false, exception);
        }

        while (hasNext)
        {
            LokiEntry entry = entries.Current;
            yield return new LogLine(Origin, entry.Timestamp, ChannelOf(entry.Labels), Encoding.UTF8.GetBytes(entry.Line), entry.Labels);
            hasNext = await entries.MoveNextAsync().ConfigureAwait(false);
        }
    }

    // No stream at all means that nobody ships these logs, which is something else than a quiet hour.
    private async Task ExpectStreamAsync(LineQuery query, long now, CancellationToken cancellation)
    {
        long until = query.Until ?? now;
        long since = Math.Min(query.Since ?? long.MaxValue, Math.Max(0, until - Day));
        if ((await loki.GetSeriesAsync(selector, since, Math.Max(until, since + 1), cancellation).ConfigureAwait(false)).IsEmpty)
        {
            throw new SourceUnavailableException($"no stream {selector}", isEmpty: true);
        }
    }

    private LokiQuery ToLoki(LineQuery query, long now) => new()
    {
        Query = selector + query.Filter?.ToLogQl(),
        // Without a number of lines there is no searching for a beginning.
        Since = query.Since ?? (query.Tail is null ? Math.Max(0, (query.Until ?? now) - (maxLookback.Ticks * 100)) : null),
        Until = query.Until,
        Tail = query.Tail,
        MaxLookback = maxLookback,
        Follow = query.Follow,
        Notice = note,
    };

    private static LogChannel? ChannelOf(ImmutableDictionary<string, string> labels) =>
        !labels.TryGetValue("stream", out string? stream) ? null
        : stream == "stdout" ? LogChannel.Output
        : stream == "stderr" ? LogChannel.Error : null;
}
