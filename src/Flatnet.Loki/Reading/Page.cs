namespace Flatnet.Loki.Reading;

/// <summary>The answer to one range query.</summary>
/// <param name="Entries">Oldest first; lines with equal times in the order of the streams, then of their lines.</param>
/// <param name="IsFull">As many lines as were asked for: there may be more.</param>
internal sealed record Page(List<Entry> Entries, bool IsFull);
