namespace Flatnet.Server.Live;

/// <summary>Old lines were deleted.</summary>
/// <param name="FirstSeq">The first line that is left.</param>
internal sealed record Truncated(long FirstSeq) : LiveEvent;
