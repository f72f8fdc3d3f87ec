namespace Flatnet.Server.Storage.Blocks;

/// <summary>
/// How lines lie in a block. Payload:
/// <code>crc32c(4, of all that follows) version(1) compression(1) content-length content</code>
/// Content, where sizes and columns hold numbers of variable length:
/// <code>line-count stream-count {length text} metadata-count {length text} {column-length}×9 {column}×9 text-of-all-messages</code>
/// Columns, because like next to like packs well, and because the text of all messages can be searched at once.
/// </summary>
internal static class BlockFormat
{
    public const byte Version = 1;
    public const byte Plain = 0;
    public const byte Lz4 = 1;

    /// <summary>Checksum, version, compression.</summary>
    public const int PrefixLength = 6;

    /// <summary>LZ4 cannot pack tighter than this: bounds what a damaged length can ask for.</summary>
    public const int TightestPacking = 255;

    public const int Columns = 9;

    // One byte a line: source, level, and which of the rarer columns have something for it.
    public const int Flags = 0;
    public const int Seqs = 1;
    public const int Timestamps = 2;
    public const int LineNumbers = 3;
    public const int Streams = 4;
    public const int Sequences = 5;
    public const int Metadata = 6;
    public const int Extras = 7;
    public const int Lengths = 8;

    public const int SourceMask = 0b11;
    public const int LevelShift = 2;
    public const int LevelMask = 0b111;
    public const int IsPartial = 1 << 5;
    public const int HasLineNumber = 1 << 6;
    public const int HasExtras = 1 << 7;
}
