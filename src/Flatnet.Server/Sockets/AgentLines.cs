using Flatnet.Logs;
using Flatnet.Logs.Wire;
using Flatnet.Server.Limits;

namespace Flatnet.Server.Sockets;

/// <summary>An agent's side of a connection: takes its lines at the pace that is allowed, and acknowledges what is stored.</summary>
internal sealed class AgentLines
{
    /// <summary>Shorter pauses are not worth a message; the agent feels them as back-pressure.</summary>
    private static readonly TimeSpan WorthTelling = TimeSpan.FromMilliseconds(100);

    private readonly SocketConnection _connection;
    private readonly SocketContext _context;
    private readonly FrameLimiter _frames;
    private readonly AgentInbox _inbox;

    public AgentLines(SocketConnection connection, SocketContext context)
    {
        (_connection, _context) = (connection, context);
        _frames = new FrameLimiter(context.LimitOptions, context.Time);
        _inbox = new AgentInbox(context.Writer, context.Options.InFlightBytes, AcknowledgeAsync, connection.Refuse);
    }

    /// <summary>Takes lines; returns when the next may be read.</summary>
    public async ValueTask AddAsync(string taskId, IReadOnlyList<LogEntry> entries, int bytes)
    {
        if (entries.Count > 0)
        {
            await _inbox.AddAsync(taskId, entries, bytes, _connection.Gone).ConfigureAwait(false);
        }

        TimeSpan forFrames = _frames.Charge();
        TimeSpan forLines = _context.Lines.Charge(taskId, entries.Count);
        TimeSpan pause = forFrames > forLines ? forFrames : forLines;
        if (pause == TimeSpan.Zero)
        {
            return;
        }

        if (pause >= WorthTelling)
        {
            await _connection.SendAsync(new ThrottleMessage((int)Math.Ceiling(pause.TotalMilliseconds)), WireJson.Default.ThrottleMessage).ConfigureAwait(false);
        }

        await Task.Delay(pause, _context.Time, _connection.Gone).ConfigureAwait(false);
    }

    /// <summary>Waits until all that was taken is stored; false if it could not be.</summary>
    public ValueTask<bool> DrainAsync() => _inbox.DrainAsync();

    private async ValueTask AcknowledgeAsync(IReadOnlyList<LogEntry> entries)
    {
        // From the end: the first of each stream is its last line. Hardly ever is there more than one stream.
        var told = new HashSet<string>(1, StringComparer.Ordinal);
        string? last = null;
        for (int i = entries.Count - 1; i >= 0; i--)
        {
            if (entries[i].StreamId is { } streamId && streamId != last && told.Add(streamId))
            {
                await _connection.SendAsync(new AckMessage(streamId, entries[i].Sequence), WireJson.Default.AckMessage).ConfigureAwait(false);
            }

            last = entries[i].StreamId;
        }
    }
}
