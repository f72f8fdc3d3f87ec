namespace Flatnet.Server.Live;

/// <summary>The viewer was too slow for these lines.</summary>
/// <param name="FromSeq">The first line left out.</param>
/// <param name="ToSeq">The last line left out.</param>
internal sealed record Skipped(long FromSeq, long ToSeq) : LiveEvent;
