using System.Collections.Immutable;

namespace Flatnet.Server.Storage.Blocks;

/// <summary>Which sequences of a stream are stored: all up to the last one, but for the holes.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="StreamId">The stream.</param>
/// <param name="LastSequence">The highest that is stored.</param>
/// <param name="Holes">What is not, as pairs of first and last, ascending.</param>
internal sealed record StreamState(string TaskId, string StreamId, long LastSequence, ImmutableArray<(long First, long Last)> Holes);
