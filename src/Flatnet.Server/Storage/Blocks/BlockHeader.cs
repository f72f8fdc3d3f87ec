namespace Flatnet.Server.Storage.Blocks;

/// <summary>What is known of a block without opening it.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="FirstSeq">The seq of its first line; with the task, the block's key.</param>
/// <param name="LastSeq">The seq of its last line. Blocks of a task do not overlap; seqs inside and between them may be missing.</param>
/// <param name="Size">Bytes of its content before compression.</param>
/// <param name="Statistics">What its lines add up to; at least one line.</param>
internal sealed record BlockHeader(string TaskId, long FirstSeq, long LastSeq, int Size, TaskStatistics Statistics)
{
    /// <summary>What the database knows the block by, if it has a number of its own for it.</summary>
    public long Number { get; init; }

    /// <summary>Opens the block's payload.</summary>
    /// <param name="payload">What the database keeps of it.</param>
    /// <param name="isWanted">Looks at the messages; if it says no, the other columns are not unpacked.</param>
    /// <exception cref="StoreException">It is damaged.</exception>
    public BlockContent Open(byte[] payload, Func<BlockContent, bool>? isWanted = null)
    {
        BlockContent? content = null;
        try
        {
            content = BlockContent.Open(payload);
            if (isWanted is null || isWanted(content))
            {
                _ = content.Lines;
            }

            return content;
        }
        catch (BlockFormatException damage)
        {
            content?.Dispose();
            throw new StoreException(
                $"Cannot read lines {FirstSeq} to {LastSeq} of task {TaskId}: their block in the store is damaged, {damage.Message}. "
                + "The task's other lines can be read; restore the store from a copy to have these again.",
                inner: damage);
        }
    }
}
