using System.Collections.Immutable;
using Flatnet.Loki.TestServer;

namespace Flatnet.Loki.Tests.Support;

/// <summary>Clients of the small Loki, at a pace that suits tests, and shorthands.</summary>
internal static class Sample
{
    /// <summary>A round time in the past, in nanoseconds.</summary>
    public const long Then = 1_795_204_222_405_000_000;

    public static ImmutableDictionary<string, string> Web { get; } = Labels(("job", "web"));

    public static LokiPace Fast { get; } = new()
    {
        ReorderWindow = TimeSpan.FromMilliseconds(30),
        Settle = TimeSpan.FromMilliseconds(150),
        Poll = TimeSpan.FromMilliseconds(20),
        FirstPause = TimeSpan.FromMilliseconds(2),
        LongestPause = TimeSpan.FromMilliseconds(20),
    };

    public static long Now => DateTimeOffset.UtcNow.Ticks / 10 * 1000 - DateTimeOffset.UnixEpoch.Ticks / 10 * 1000;

    public static LokiClient Client(this LokiTestServer server, LokiPace? pace = null, string? tenant = null, string? token = null) =>
        new(new LokiOptions { Url = server.Url, Pace = pace ?? Fast, Tenant = tenant, Token = token, Timeout = TimeSpan.FromSeconds(20) });

    public static ImmutableDictionary<string, string> Labels(params (string Name, string Value)[] labels) =>
        labels.ToImmutableDictionary(static label => label.Name, static label => label.Value, StringComparer.Ordinal);

    public static Recording Recorded(string name) => Recording.Read(Path.Combine(AppContext.BaseDirectory, "Recordings", name + ".json"));

    public static LokiQuery Everything(string query = "{job=~\".+\"}") => new() { Query = query, Since = 0, Until = long.MaxValue };

    public static async Task<List<LokiEntry>> ReadAllAsync(this LokiClient client, LokiQuery query)
    {
        var entries = new List<LokiEntry>();
        await foreach (var entry in client.ReadAsync(query, CancellationToken.None))
        {
            entries.Add(entry);
        }

        return entries;
    }

    public static async Task<List<string>> ReadLinesAsync(this LokiClient client, LokiQuery query) =>
        (await client.ReadAllAsync(query)).ConvertAll(static entry => entry.Line);
}
