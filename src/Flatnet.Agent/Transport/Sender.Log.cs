using Microsoft.Extensions.Logging;

namespace Flatnet.Agent.Transport;

internal sealed partial class Sender
{
    [LoggerMessage(2001, LogLevel.Information, "Connected to {Address}: of stream {StreamId} the server has {Acknowledged} lines of {LastSequence}.")]
    private partial void LogConnected(Uri address, string streamId, long acknowledged, long lastSequence);

    [LoggerMessage(2002, LogLevel.Information, "Task {TaskId} is delivered: {Lines} lines of stream {StreamId}.")]
    private partial void LogDelivered(string taskId, string streamId, long lines);

    [LoggerMessage(2003, LogLevel.Warning, "{Reason} The lines stay in the spool until the server takes them.")]
    private partial void LogUnreachable(string reason);

    [LoggerMessage(2004, LogLevel.Error, "{Reason} The token is not accepted: put a valid one into its file (it is read again), or set FLATNET_AUTH_TOKEN. The lines stay in the spool.")]
    private partial void LogUnauthorized(string reason);

    [LoggerMessage(2005, LogLevel.Error, "{Reason} The token does not allow writing the log of task {TaskId}: it needs the scope logs:write for it. The lines stay in the spool.")]
    private partial void LogForbidden(string reason, string taskId);

    [LoggerMessage(2006, LogLevel.Warning, "{Reason} The server does not know task {TaskId} (yet), or the address is not a log server's. The lines stay in the spool.")]
    private partial void LogNotFound(string reason, string taskId);

    [LoggerMessage(2007, LogLevel.Debug, "Still: {Reason}")]
    private partial void LogStill(string reason);

    [LoggerMessage(2008, LogLevel.Warning, "The server has lost what it had acknowledged: lines {First} to {Last} of stream {StreamId} are gone, because the spool does not keep them.")]
    private partial void LogForgotten(long first, long last, string streamId);
}
