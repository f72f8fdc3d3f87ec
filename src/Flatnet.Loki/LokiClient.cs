using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Flatnet.Loki.Following;
using Flatnet.Loki.Http;
using Flatnet.Loki.Pushing;
using Flatnet.Loki.Reading;

namespace Flatnet.Loki;

/// <summary>A client of Loki's HTTP interface (version 3, <c>/loki/api/v1</c>).</summary>
public sealed class LokiClient : IDisposable
{
    /// <summary>Lines may carry times ahead of our clock; Loki takes them up to ten minutes ahead of its own.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(15);

    private readonly LokiHttp _http;

    /// <summary>A client that opens its connections when they are needed.</summary>
    /// <exception cref="ArgumentException">The address, or the tenant, cannot be one.</exception>
    public LokiClient(LokiOptions options)
    {
        Options = options;
        _http = new LokiHttp(options);
    }

    /// <summary>Where Loki is.</summary>
    public LokiOptions Options { get; }

    /// <summary>
    /// The lines of a query, oldest first, history and live lines joined without gap or duplicate. Lines of one stream keep
    /// their order; live lines of several streams are put in order where they come within 0.3 s of each other.
    /// </summary>
    /// <exception cref="LokiException">See <see cref="LokiFailure"/>.</exception>
    public IAsyncEnumerable<LokiEntry> ReadAsync(LokiQuery query, CancellationToken cancellation)
    {
        var table = new StreamTable();
        var history = new History(new RangeReader(_http, table), query.Query, Options.Pace.Page);
        return query.Follow ? FollowAsync(query, table, history, cancellation) : ReadHistoryAsync(query, history, cancellation);
    }

    /// <summary>The label sets of the streams that match a selector and have lines in the range (nanoseconds).</summary>
    /// <exception cref="LokiException">See <see cref="LokiFailure"/>.</exception>
    public Task<ImmutableArray<ImmutableDictionary<string, string>>> GetSeriesAsync(
        string selector, long since, long until, CancellationToken cancellation) =>
        GetAsync($"/loki/api/v1/series?match[]={Uri.EscapeDataString(selector)}&start={since}&end={until}", Answer.ReadLabelSets, cancellation);

    /// <summary>The names of the labels of the last six hours.</summary>
    /// <exception cref="LokiException">See <see cref="LokiFailure"/>.</exception>
    public Task<ImmutableArray<string>> GetLabelsAsync(CancellationToken cancellation) =>
        GetAsync("/loki/api/v1/labels", Answer.ReadNames, cancellation);

    /// <summary>The values of a label in the last six hours.</summary>
    /// <exception cref="LokiException">See <see cref="LokiFailure"/>.</exception>
    public Task<ImmutableArray<string>> GetLabelValuesAsync(string label, CancellationToken cancellation) =>
        GetAsync($"/loki/api/v1/label/{Uri.EscapeDataString(label)}/values", Answer.ReadNames, cancellation);

    /// <summary>Whether Loki calls itself ready, in its own words (<c>GET /ready</c>), and its clock, exact to a second.</summary>
    /// <exception cref="LokiException">It cannot be reached.</exception>
    public async Task<(bool IsReady, string Text, DateTimeOffset? ServerTime)> GetReadinessAsync(CancellationToken cancellation)
    {
        using var response = await _http.SendAsync(new(HttpMethod.Get, _http.Address("/ready")), cancellation).ConfigureAwait(false);
        var text = await LokiHttp.TextAsync(response, cancellation).ConfigureAwait(false);
        return (response.StatusCode == System.Net.HttpStatusCode.OK, text.Length > 0 ? text : LokiHttp.Status(response), response.Headers.Date);
    }

    /// <summary>
    /// Writes lines. A busy or unreachable Loki is asked again with the same lines; what it refuses for good is said in the
    /// result, where the other lines of the same request were stored.
    /// </summary>
    /// <exception cref="ArgumentException">Labels break Loki's rules, or the options name several tenants.</exception>
    /// <exception cref="LokiException">Loki did not take the lines in all attempts, or does not accept who asks.</exception>
    public Task<LokiPushResult> PushAsync(
        ImmutableArray<LokiPushLines> streams, LokiPushOptions? options = null, CancellationToken cancellation = default) =>
        new Pusher(_http, Options, options ?? new()).PushAsync(streams, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>The end of a query's range; without one, far enough ahead for the newest lines of hosts with other clocks.</summary>
    internal static long End(LokiQuery query) => query.Until ?? NanosecondClock.Now + ClockTolerance.Nanoseconds();

    private static async IAsyncEnumerable<LokiEntry> ReadHistoryAsync(
        LokiQuery query, History history, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var end = End(query);
        var reference = query.Until ?? NanosecondClock.Now;
        if (query.Tail is { } count)
        {
            foreach (var entry in await history.ReadLastAsync(query.Since, end, count, query.MaxLookback, cancellation).ConfigureAwait(false))
            {
                yield return entry.ToLokiEntry();
            }

            yield break;
        }

        var start = query.Since ?? reference - query.MaxLookback.Nanoseconds();
        await foreach (var page in history.ReadForwardAsync(start, end, cancellation).ConfigureAwait(false))
        {
            foreach (var entry in page)
            {
                yield return entry.ToLokiEntry();
            }
        }
    }

    private async IAsyncEnumerable<LokiEntry> FollowAsync(
        LokiQuery query, StreamTable table, History history, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var lines = Channel.CreateBounded<LokiEntry>(new BoundedChannelOptions(1000) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var follower = new Follower(_http, Options, query, table, history, lines.Writer);
        var running = RunAsync();
        try
        {
            await foreach (var entry in lines.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                yield return entry;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }

        async Task RunAsync()
        {
            try
            {
                await follower.RunAsync(stop.Token).ConfigureAwait(false);
                lines.Writer.Complete();
            }
            catch (Exception exception)
            {
                // The reader of the lines throws it.
                lines.Writer.Complete(exception);
            }
        }
    }

    private async Task<T> GetAsync<T>(string path, Func<byte[], T> read, CancellationToken cancellation)
    {
        var body = await _http.ReadAsync(() => new(HttpMethod.Get, _http.Address(path)), cancellation).ConfigureAwait(false);
        try
        {
            return read(body);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new LokiException(LokiFailure.Unavailable, $"{_http.Server} gave an answer that is not Loki's: {exception.Message}", exception);
        }
    }
}
