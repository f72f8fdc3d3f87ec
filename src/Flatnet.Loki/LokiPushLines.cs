using System.Collections.Immutable;

namespace Flatnet.Loki;

/// <summary>Lines to write to one stream.</summary>
/// <param name="Labels">Its labels, 1 to 15: few and with few values.</param>
/// <param name="Entries">Its lines, in their order.</param>
public sealed record LokiPushLines(ImmutableDictionary<string, string> Labels, ImmutableArray<LokiPushEntry> Entries);
