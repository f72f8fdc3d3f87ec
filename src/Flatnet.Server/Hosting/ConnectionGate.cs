using System.Diagnostics.Metrics;
using Flatnet.Server.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Flatnet.Server.Hosting;

/// <summary>Keeps the number of connections within bounds. When there is no room, the one that has waited for a request for the longest time
/// goes: whoever opens connections and sends nothing, or half a request, keeps nobody out who does.</summary>
/// <param name="mostOpen">Connections of all kinds.</param>
/// <param name="mostPlain">Connections that are no WebSockets.</param>
internal sealed class ConnectionGate(int mostOpen, int mostPlain)
{
    private static readonly Counter<long> Dropped = ServerMeter.Instance.CreateCounter<long>(
        "flatnet.server.connections.dropped", "{connection}", "Connections that were closed for want of room.");

    private readonly LinkedList<OpenConnection> _waiting = new();
    private readonly Lock _lock = new();
    private int _open;
    private int _upgraded;

    /// <summary>Serves a connection, if there is or can be room for it.</summary>
    public async Task ServeAsync(ConnectionContext context, ConnectionDelegate next)
    {
        var connection = new OpenConnection(context, this);
        OpenConnection? leaver = Enter(connection);
        if (leaver is not null)
        {
            Dropped.Add(1);
            leaver.Abort();
        }

        if (leaver == connection)
        {
            return;
        }

        context.Features.Set(connection);
        context.Features.Set<IDecrementConcurrentConnectionCountFeature>(connection);
        try
        {
            await next(context);
        }
        finally
        {
            lock (_lock)
            {
                Leave(connection);
            }
        }
    }

    /// <summary>Runs a request: while it runs, its connection stays.</summary>
    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        OpenConnection connection = context.Features.GetRequiredFeature<OpenConnection>();
        lock (_lock)
        {
            if (connection.Requests++ == 0 && connection.Place.List is not null)
            {
                _waiting.Remove(connection.Place);
            }
        }

        try
        {
            await next(context);
        }
        finally
        {
            lock (_lock)
            {
                if (--connection.Requests == 0 && !connection.IsGone)
                {
                    _waiting.AddLast(connection.Place);
                }
            }
        }
    }

    /// <summary>A connection has become a WebSocket.</summary>
    public void Upgrade(OpenConnection connection)
    {
        lock (_lock)
        {
            if (!connection.IsGone && !connection.IsUpgraded)
            {
                connection.IsUpgraded = true;
                _upgraded++;
            }
        }
    }

    // The connection that has to leave, which is the new one if no other waits; null when there is room.
    private OpenConnection? Enter(OpenConnection connection)
    {
        lock (_lock)
        {
            OpenConnection? leaver = null;
            if (_open >= mostOpen || _open - _upgraded >= mostPlain)
            {
                if (_waiting.First is not { } first)
                {
                    return connection;
                }

                leaver = first.Value;
                Leave(leaver);
            }

            _open++;
            _waiting.AddLast(connection.Place);
            return leaver;
        }
    }

    private void Leave(OpenConnection connection)
    {
        if (connection.IsGone)
        {
            return;
        }

        connection.IsGone = true;
        _open--;
        _upgraded -= connection.IsUpgraded ? 1 : 0;
        if (connection.Place.List is not null)
        {
            _waiting.Remove(connection.Place);
        }
    }
}
