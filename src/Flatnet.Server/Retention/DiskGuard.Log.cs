namespace Flatnet.Server.Retention;

/// <summary>Its log messages.</summary>
internal sealed partial class DiskGuard
{
    [LoggerMessage(5011, LogLevel.Warning, "The disk is fuller than {Watermark} %: the task {TaskId} is deleted with its {Lines} lines.")]
    private static partial void LogRemoved(ILogger logger, string taskId, long lines, int watermark);

    [LoggerMessage(5012, LogLevel.Error, "Lines are refused from now on. {Reason}")]
    private static partial void LogClosed(ILogger logger, string reason);

    [LoggerMessage(5013, LogLevel.Information, "The disk is below {Watermark} % again: lines are accepted.")]
    private static partial void LogOpened(ILogger logger, int watermark);

    [LoggerMessage(5014, LogLevel.Warning, "The disk is too full, but the task {TaskId} could not be deleted: {Reason}")]
    private static partial void LogNotRemoved(ILogger logger, string taskId, string reason);

    [LoggerMessage(5015, LogLevel.Warning, "The disk could not be examined; it is tried again soon: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
