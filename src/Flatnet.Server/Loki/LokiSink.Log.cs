namespace Flatnet.Server.Loki;

/// <summary>Its log messages.</summary>
internal sealed partial class LokiSink
{
    [LoggerMessage(5101, LogLevel.Warning, "Lines cannot be sent to Loki now and wait in the store; it is tried again, more and more seldom: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);

    [LoggerMessage(5102, LogLevel.Information, "Lines are sent to Loki again.")]
    private static partial void LogRecovered(ILogger logger);

    [LoggerMessage(5103, LogLevel.Warning, "Loki refused lines for good; they remain in the store. Further refusals are only counted: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);
}
