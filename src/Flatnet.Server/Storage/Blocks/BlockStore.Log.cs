namespace Flatnet.Server.Storage.Blocks;

internal sealed partial class BlockStore
{
    [LoggerMessage(4001, LogLevel.Warning, "Blocks of task {TaskId} were not merged, they only take more room: {Reason}")]
    private partial void LogMergeFailed(string taskId, string reason);
}
