using Flatnet.Logs;
using LogLevel = Flatnet.Logs.LogLevel;

namespace Flatnet.Server.Storage.Blocks;

/// <summary>A line inside a block; its text stays in the block's bytes.</summary>
internal struct BlockLine
{
    public long Seq;
    public long Timestamp;
    public long LineNumber;
    public long Sequence;
    public long Replaces;

    /// <summary>1 + index in the block's streams; 0 for none.</summary>
    public int Stream;

    /// <summary>1 + index in the block's metadata; 0 for none.</summary>
    public int Metadata;

    public int OriginalLength;

    /// <summary>Where the message begins, in the block's text.</summary>
    public int Offset;

    public int Length;
    public LogSource Source;
    public LogLevel Level;
    public bool IsPartial;
    public bool HasLineNumber;
}
