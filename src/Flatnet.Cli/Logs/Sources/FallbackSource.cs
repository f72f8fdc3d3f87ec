using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Logs;

/// <summary>Reads a target where it can be read: the first of its places that has it.</summary>
/// <param name="target">The target's name.</param>
/// <param name="places">The places in order; at least one.</param>
/// <param name="note">Told when a place is passed over.</param>
internal sealed class FallbackSource(string target, ImmutableArray<ILogSource> places, Action<string> note)
{
    public string Target => target;

    /// <summary>Where the lines come from; certain once the first line was asked for.</summary>
    public string Source { get; private set; } = places[0].Origin.Source;

    public async IAsyncEnumerable<LogLine> ReadAsync(LineQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var failures = new List<(ILogSource Place, SourceUnavailableException Failure)>();
        foreach (ILogSource place in places)
        {
            await using IAsyncEnumerator<LogLine> lines = place.ReadAsync(query, cancellation).GetAsyncEnumerator(cancellation);
            bool hasNext;
            try
            {
                hasNext = await lines.MoveNextAsync().ConfigureAwait(false);
            }
            catch (SourceUnavailableException failure)
            {
                failures.Add((place, failure));
                if (failures.Count < places.Length)
                {
                    note($"Note: {place.Description} unavailable ({failure.Message}), falling back to {places[failures.Count].Description}...");
                }

                continue;
            }

            Source = place.Origin.Source;
            while (hasNext)
            {
                yield return lines.Current;
                hasNext = await lines.MoveNextAsync().ConfigureAwait(false);
            }

            yield break;
        }

        if (!failures.TrueForAll(failure => failure.Failure.IsEmpty && failure.Place.Origin.Source == "loki"))
        {
            throw Unavailable(failures);
        }
    }

    private CommandException Unavailable(List<(ILogSource Place, SourceUnavailableException Failure)> failures)
    {
        Exception inner = failures[^1].Failure;
        return failures is [(ILogSource { Origin.Source: "loki" }, SourceUnavailableException failure)]
            ? new CommandException(
                $"logs of '{target}' are only in Loki, which is unavailable ({failure.Message})",
                "See 'flatnet status', or set monitoring.loki_url to where Loki is.", inner: inner)
            : new CommandException(
                $"logs of '{target}' cannot be read: {string.Join("; ", failures.Select(f => $"{f.Place.Description}: {f.Failure.Message}"))}", inner: inner);
    }
}
