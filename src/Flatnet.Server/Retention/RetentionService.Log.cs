namespace Flatnet.Server.Retention;

/// <summary>Its log messages.</summary>
internal sealed partial class RetentionService
{
    [LoggerMessage(5001, LogLevel.Information, "The task {TaskId} was kept long enough and is deleted with its {Lines} lines.")]
    private static partial void LogRemoved(ILogger logger, string taskId, long lines);

    [LoggerMessage(5002, LogLevel.Warning, "The task {TaskId} was kept long enough, but could not be deleted and is tried again later: {Reason}")]
    private static partial void LogNotRemoved(ILogger logger, string taskId, string reason);

    [LoggerMessage(5003, LogLevel.Warning, "Tasks that were kept long enough could not be looked for; it is tried again later: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
