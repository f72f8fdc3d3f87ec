using Flatnet.Logs;

namespace Flatnet.Server.Rest.Bodies;

/// <summary>What a request wants to append.</summary>
/// <param name="Entries">The good lines.</param>
/// <param name="Rejected">The others.</param>
/// <param name="IsSingle">It is one object, and not a list of them.</param>
internal sealed record LogBatch(IReadOnlyList<LogEntry> Entries, IReadOnlyList<RejectedEntry> Rejected, bool IsSingle);
