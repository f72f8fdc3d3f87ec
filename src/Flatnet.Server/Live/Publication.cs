namespace Flatnet.Server.Live;

/// <summary>
/// What was published on a channel at one time; the next hangs on it. Viewers walk along, and what nobody stands before is garbage.
/// The links and counts belong to the channel's lock.
/// </summary>
internal abstract class Publication
{
    public Publication? Next { get; set; }

    /// <summary>How many viewers have taken this one last.</summary>
    public int Viewers { get; set; }

    /// <summary>The channel gave it up: who stands here fell too far behind.</summary>
    public bool IsDropped { get; set; }

    /// <summary>What it counts towards the bound; what is no line counts as one.</summary>
    public virtual int LineCount => 1;

    public virtual long Bytes => 256;
}
