using Flatnet.Server.Storage;

namespace Flatnet.Server.Ingest;

/// <summary>A task to change.</summary>
internal sealed class ChangeRequest(string taskId, TaskChange change) : WriterRequest
{
    public string TaskId { get; } = taskId;

    public TaskChange Change { get; } = change;

    public TaskCompletionSource<TaskRecord> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
