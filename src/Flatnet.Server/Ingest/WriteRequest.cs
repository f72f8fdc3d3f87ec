using Flatnet.Server.Storage;

namespace Flatnet.Server.Ingest;

/// <summary>Lines to append.</summary>
internal sealed class WriteRequest(TaskAppend append, long bytes) : WriterRequest
{
    public TaskAppend Append { get; } = append;

    public long Bytes { get; } = bytes;

    public TaskCompletionSource<AppendResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
