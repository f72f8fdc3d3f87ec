namespace Flatnet.Server.Storage.Blocks;

/// <summary>A task's blocks that have to do with a range of seqs.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="AfterSeq">Above this.</param>
/// <param name="UpToSeq">Up to this.</param>
/// <param name="Descending">The last block first.</param>
internal sealed record BlockRange(string TaskId, long AfterSeq, long UpToSeq, bool Descending = false);
