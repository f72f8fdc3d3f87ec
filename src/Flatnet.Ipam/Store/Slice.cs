namespace Flatnet.Ipam;

/// <summary>Where a string's content stands in an entry's JSON, without its quotes. Length 0 is an absent string, so that
/// nothing has to be copied to compare IDs.</summary>
/// <param name="Start">Offset of the first byte.</param>
/// <param name="Length">Number of bytes.</param>
internal readonly record struct Slice(int Start, int Length);
