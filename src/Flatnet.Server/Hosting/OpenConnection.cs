using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Flatnet.Server.Hosting;

/// <summary>A connection as the gate counts it. Everything but <see cref="Abort"/> belongs to the gate's lock.</summary>
internal sealed class OpenConnection : IDecrementConcurrentConnectionCountFeature
{
    private readonly ConnectionContext _connection;
    private readonly ConnectionGate _gate;

    public OpenConnection(ConnectionContext connection, ConnectionGate gate)
    {
        (_connection, _gate) = (connection, gate);
        Place = new LinkedListNode<OpenConnection>(this);
    }

    /// <summary>Among those that wait for a request; in no list while one runs.</summary>
    public LinkedListNode<OpenConnection> Place { get; }

    /// <summary>How many requests run on it.</summary>
    public int Requests { get; set; }

    /// <summary>It is a WebSocket, and counted as such elsewhere.</summary>
    public bool IsUpgraded { get; set; }

    /// <summary>It is not counted any more.</summary>
    public bool IsGone { get; set; }

    public void Abort() => _connection.Abort(new ConnectionAbortedException("There are too many connections, and this one waits for the longest time."));

    /// <summary>Called by the web server when it has upgraded the connection.</summary>
    void IDecrementConcurrentConnectionCountFeature.ReleaseConnection() => _gate.Upgrade(this);
}
