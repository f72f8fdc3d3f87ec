using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Flatnet.Cli.Logs;
using Flatnet.Loki;

namespace Flatnet.Cli.Tests.Logs;

/// <summary>A Loki that answers what a test wants, and remembers what it was asked.</summary>
internal sealed class FakeLoki : ILokiLogs
{
    public LokiException? Failure { get; set; }

    public bool HasStream { get; set; } = true;

    public List<LokiEntry> Entries { get; } = [];

    public List<LokiQuery> Queries { get; } = [];

    public Task<ImmutableArray<ImmutableDictionary<string, string>>> GetSeriesAsync(
        string selector, long since, long until, CancellationToken cancellation) =>
        Failure is not null ? throw Failure
        : Task.FromResult<ImmutableArray<ImmutableDictionary<string, string>>>(HasStream ? [ImmutableDictionary<string, string>.Empty] : []);

    public async IAsyncEnumerable<LokiEntry> ReadAsync(LokiQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Yield();
        Queries.Add(query);
        foreach (LokiEntry entry in query.Tail is { } tail ? Entries.TakeLast(tail) : Entries.Where(entry => entry.Timestamp >= (query.Since ?? 0)))
        {
            yield return entry;
        }
    }
}
