namespace Flatnet.Server.Sockets;

internal sealed partial class SocketConnection
{
    [LoggerMessage(3201, LogLevel.Debug, "WebSocket {Connection} broke: {Reason}")]
    private static partial void LogBroken(ILogger logger, string connection, string reason);

    [LoggerMessage(3202, LogLevel.Debug, "WebSocket {Connection} is closed with {Code}: {Reason}")]
    private static partial void LogClosed(ILogger logger, string connection, int code, string reason);

    [LoggerMessage(3203, LogLevel.Error, "WebSocket {Connection} failed; the other side was told to connect again")]
    private static partial void LogFailed(ILogger logger, string connection, Exception exception);
}
