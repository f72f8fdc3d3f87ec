namespace Flatnet.Server.Ingest;

internal sealed partial class LogWriter
{
    [LoggerMessage(3001, LogLevel.Error, "The store refused {Lines} lines of the task {TaskId}; their writer was told")]
    private partial void LogRefused(string taskId, int lines, Exception reason);

    [LoggerMessage(3002, LogLevel.Error, "Cannot change the task {TaskId}; who asked for it was told")]
    private partial void LogChangeFailed(string taskId, Exception reason);
}
