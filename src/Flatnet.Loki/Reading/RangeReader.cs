using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Flatnet.Loki.Http;

namespace Flatnet.Loki.Reading;

/// <summary>Asks for the lines of a range, one page at a time.</summary>
internal sealed partial class RangeReader(LokiHttp http, StreamTable table)
{
    /// <summary>The most lines that Loki gives at once; less where it is set up so.</summary>
    public int MaximumPage { get; private set; } = LokiPace.MaximumPage;

    /// <summary>Lines of <c>[start, end)</c>, from the oldest on or, backwards, from the newest.</summary>
    /// <exception cref="LokiException">See <see cref="LokiFailure"/>.</exception>
    public async Task<Page> ReadAsync(string query, long start, long end, int limit, bool backward, CancellationToken cancellation)
    {
        while (true)
        {
            limit = Math.Min(limit, MaximumPage);
            try
            {
                return await AskAsync(query, start, end, limit, backward, cancellation).ConfigureAwait(false);
            }
            catch (LokiException exception) when (exception.Failure == LokiFailure.BadQuery && ReadsLimit(exception.Message, limit))
            {
                // This Loki allows fewer lines than the default; it said how many.
            }
        }
    }

    private async Task<Page> AskAsync(string query, long start, long end, int limit, bool backward, CancellationToken cancellation)
    {
        var body = await http.ReadAsync(Request, cancellation).ConfigureAwait(false);
        List<List<Entry>> streams;
        try
        {
            streams = Answer.ReadStreams(body, table);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new LokiException(LokiFailure.Unavailable, $"{http.Server} gave an answer that is not Loki's: {exception.Message}", exception);
        }

        if (backward)
        {
            // Before sorting: lines of one stream with equal times would otherwise come out reversed.
            streams.ForEach(static stream => stream.Reverse());
        }

        // A stable sort of the streams one after the other: equal times stay in the order of streams and positions.
        var entries = streams.SelectMany(static stream => stream).OrderBy(static entry => entry.Timestamp).ToList();
        if (entries.Count > 0 && (entries[0].Timestamp < start || entries[^1].Timestamp >= end))
        {
            throw new LokiException(LokiFailure.Unavailable, $"{http.Server} gave lines from outside the time asked for");
        }

        return new Page(entries, entries.Count >= limit);

        HttpRequestMessage Request() => new(HttpMethod.Post, http.Address("/loki/api/v1/query_range"))
        {
            Headers = { { EncodingFlags.Header, EncodingFlags.CategorizeLabels } },
            Content = new FormUrlEncodedContent(
            [
                new("query", query),
                new("start", Number(start)),
                new("end", Number(end)),
                new("limit", Number(limit)),
                new("direction", backward ? "backward" : "forward"),
            ]),
        };
    }

    private bool ReadsLimit(string message, int limit)
    {
        var match = LimitText().Match(message);
        if (!match.Success || !int.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var maximum)
            || maximum < 1 || maximum >= limit)
        {
            return false;
        }

        MaximumPage = maximum;
        return true;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"max entries limit per query exceeded.*\(\d+ > (\d+)\)")]
    private static partial Regex LimitText();
}
