using Microsoft.Extensions.Logging;

namespace Flatnet.Agent.Transport;

internal sealed partial class Replay
{
    [LoggerMessage(2201, LogLevel.Information, "An earlier run of task {TaskId} left {Lines} lines of stream {StreamId} behind: they are sent now.")]
    private partial void LogBegun(string taskId, string streamId, long lines);

    [LoggerMessage(2202, LogLevel.Error, "Stream {StreamId} of task {TaskId} cannot be sent; it stays in the spool.")]
    private partial void LogUnreadable(Exception error, string taskId, string streamId);
}
