using System.Collections.Immutable;

namespace Flatnet.Loki.Reading;

/// <summary>What a line is labelled with.</summary>
/// <param name="Stream">A number for the stream that the line was written to.</param>
/// <param name="Labels">The labels of the stream and what was attached to the line beside them.</param>
internal sealed record StreamLabels(int Stream, ImmutableDictionary<string, string> Labels);
