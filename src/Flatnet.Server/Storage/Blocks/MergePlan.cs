namespace Flatnet.Server.Storage.Blocks;

/// <summary>Which blocks that follow each other are made into one.</summary>
internal static class MergePlan
{
    /// <summary>Blocks grow to this many bytes before compression: large enough to pack well, small enough to open for one line.</summary>
    public const int FullSize = 256 * 1024;

    /// <summary>And to this many lines.</summary>
    public const int MostLines = 4096;

    /// <summary>A block below this is small: LZ4 looks back 64 KiB, so that from here on merging gains little for what it writes again.</summary>
    public const int SmallSize = 32 * 1024;

    /// <summary>So many small blocks at a task's end are merged when the task is quiet.</summary>
    public const int LooseBlocks = 32;

    /// <summary>And so many even while it is not: a reader of old lines opens each of them.</summary>
    public const int MostLooseBlocks = 4096;

    public static bool IsSmall(BlockHeader header) => header.Size < SmallSize && header.Statistics.Count < MostLines;

    /// <summary>Groups of two and more neighbours.</summary>
    /// <param name="headers">The blocks, in order.</param>
    /// <param name="smallOnly">Leaves alone whatever is not small.</param>
    public static List<List<BlockHeader>> Group(IReadOnlyList<BlockHeader> headers, bool smallOnly)
    {
        var groups = new List<List<BlockHeader>>();
        var group = new List<BlockHeader>();
        long size = 0;
        long lines = 0;
        foreach (BlockHeader header in headers)
        {
            bool isApart = smallOnly && !IsSmall(header);
            if (isApart || size + header.Size > FullSize || lines + header.Statistics.Count > MostLines)
            {
                Close();
            }

            if (!isApart)
            {
                group.Add(header);
                size += header.Size;
                lines += header.Statistics.Count;
            }
        }

        Close();
        return groups;

        void Close()
        {
            if (group.Count > 1)
            {
                groups.Add(group);
            }

            group = [];
            size = 0;
            lines = 0;
        }
    }
}
