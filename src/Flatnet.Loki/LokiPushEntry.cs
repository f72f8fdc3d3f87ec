using System.Collections.Immutable;

namespace Flatnet.Loki;

/// <summary>A line to write.</summary>
/// <param name="Timestamp">Nanoseconds since 1970, UTC. A line repeated at the same time is written a nanosecond later, or Loki would drop it.</param>
/// <param name="Line">The line.</param>
/// <param name="Metadata">What belongs to this line only, such as a container's ID (structured metadata, at most 128 values); null for nothing.</param>
public sealed record LokiPushEntry(long Timestamp, string Line, ImmutableDictionary<string, string>? Metadata = null);
