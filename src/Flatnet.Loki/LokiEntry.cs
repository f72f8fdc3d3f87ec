using System.Collections.Immutable;

namespace Flatnet.Loki;

/// <summary>One line kept by Loki.</summary>
/// <param name="Timestamp">Nanoseconds since 1970, UTC.</param>
/// <param name="Line">The line.</param>
/// <param name="Labels">The labels of its stream; one instance per stream.</param>
public readonly record struct LokiEntry(long Timestamp, string Line, ImmutableDictionary<string, string> Labels);
