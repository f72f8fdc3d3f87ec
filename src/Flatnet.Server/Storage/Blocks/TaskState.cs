namespace Flatnet.Server.Storage.Blocks;

/// <summary>A task's row.</summary>
/// <param name="Record">What the row says to others. Its script may be left out (null) where that is said; saving null keeps the script.</param>
/// <param name="Version">Another number after every change.</param>
/// <param name="LooseFrom">The seq from which on small blocks have not been merged yet.</param>
/// <param name="LooseBlocks">How many small blocks there are from there on.</param>
internal sealed record TaskState(TaskRecord Record, long Version, long LooseFrom, int LooseBlocks);
