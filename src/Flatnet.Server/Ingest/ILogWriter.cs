using Flatnet.Logs;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Ingest;

/// <summary>The one way for lines into the store: redacts, commits together with what others write, publishes, then returns.</summary>
internal interface ILogWriter
{
    /// <summary>Writes lines of a task. They are durable, and on their way to the task's viewers, when this returns.</summary>
    /// <exception cref="StoreException">The store refused; nothing was written.</exception>
    public Task<AppendResult> WriteAsync(string taskId, IReadOnlyList<LogEntry> entries, CancellationToken cancellation);

    /// <summary>Changes a task after all lines written before, and tells its viewers where it ended.</summary>
    public Task<TaskRecord> ChangeTaskAsync(string taskId, TaskChange change, CancellationToken cancellation);

    /// <summary>Deletes a task's lines and tells its viewers.</summary>
    public Task<(long Count, long FirstSeq)> DeleteLinesAsync(string taskId, long? upTo, CancellationToken cancellation);
}
