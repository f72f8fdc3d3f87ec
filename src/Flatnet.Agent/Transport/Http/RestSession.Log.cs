using Microsoft.Extensions.Logging;

namespace Flatnet.Agent.Transport.Http;

internal sealed partial class RestSession
{
    [LoggerMessage(2101, LogLevel.Warning, "{Reason} The lines stay in the spool and are posted again in {Seconds} s.")]
    private partial void LogRetry(string reason, double seconds);

    [LoggerMessage(2102, LogLevel.Error, "Line {Sequence} of stream {StreamId} of task {TaskId} is given up: the server will never take it. {Reason}")]
    private partial void LogRejected(string taskId, string streamId, long sequence, string reason);
}
