using System.Collections.Immutable;

namespace Flatnet.Agent.Transport.Http;

/// <summary>What became of a batch: everything that is not rejected is durable.</summary>
internal sealed record PostedLines(int Accepted, int Duplicates, ImmutableArray<RejectedLine>? Rejected = null);
