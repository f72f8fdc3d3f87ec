namespace Flatnet.Server.Storage;

/// <summary>A change of a task that another server made.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="FirstSeq">The first new line; 0 if only the task's status changed.</param>
/// <param name="LastSeq">The last new line.</param>
internal sealed record Commit(string TaskId, long FirstSeq, long LastSeq);
