namespace Flatnet.Loki.TestServer;

/// <summary>How a tail is ended.</summary>
public enum TailCut
{
    /// <summary>1011 "reached tail max duration limit".</summary>
    DurationReached,

    /// <summary>1011 for another reason.</summary>
    IngestersGone,

    /// <summary>The connection ends without a word.</summary>
    Abort,

    /// <summary>The connection ends within a message.</summary>
    MidFrame,
}
