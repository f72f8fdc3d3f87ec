namespace Flatnet.Server.Storage.Mongo;

/// <summary>
/// A task's document. Whoever replaces it names the revision that it knows, so that nobody overwrites what another one did; and a
/// commit of several tasks first prepares all of them, and is made or not by one document of its own (<see cref="MongoCommits"/>).
/// </summary>
/// <param name="TaskId">The task.</param>
/// <param name="Revision">Another number, never used before, after every replacement.</param>
/// <param name="Now">The task as readers see it; null if there is none yet.</param>
/// <param name="Commit">The commit that it is prepared for; 0 for none.</param>
/// <param name="Next">The task after that commit; null if it deletes the task.</param>
internal sealed record TaskRoot(string TaskId, long Revision, TaskTree? Now, long Commit = 0, TaskTree? Next = null)
{
    /// <summary>The revision of a document that is not there.</summary>
    public const long None = 0;

    /// <summary>A number that nobody had before, for revisions, commits and parts.</summary>
    public static long NewNumber() => Random.Shared.NextInt64(1, long.MaxValue);

    /// <summary>The document once its commit is made or given up; null if there is to be none.</summary>
    public TaskRoot? Settled(bool isCommitted) => (isCommitted ? Next : Now) is { } tree ? new TaskRoot(TaskId, NewNumber(), tree) : null;
}
