namespace Flatnet.Server.Live;

/// <summary>Lines were deleted.</summary>
internal sealed class PublishedTruncation(long firstSeq) : Publication
{
    public long FirstSeq { get; } = firstSeq;
}
