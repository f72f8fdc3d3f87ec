namespace Flatnet.Server.Storage.Blocks;

/// <summary>What one commit changes. Blocks are deleted before others are inserted, for a merged block may have the key of one of its parts.</summary>
internal sealed class BlockChanges
{
    public List<BlockHeader> DeletedBlocks { get; } = [];

    public List<Block> NewBlocks { get; } = [];

    /// <summary>Streams to insert or replace.</summary>
    public List<StreamState> Streams { get; } = [];

    /// <summary>Tasks to insert or replace. They were locked.</summary>
    public List<TaskState> Tasks { get; } = [];

    /// <summary>Tasks to delete with their streams. They were locked, and have no blocks left.</summary>
    public List<string> DeletedTasks { get; } = [];

    /// <summary>What other servers have to be told.</summary>
    public List<Commit> Commits { get; } = [];

    public bool IsEmpty => Tasks.Count == 0 && DeletedTasks.Count == 0;
}
