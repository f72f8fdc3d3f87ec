using System.Collections.Concurrent;
using Flatnet.Server.Auth;

namespace Flatnet.Server.Sockets;

/// <summary>The open connections, and how many each asker has.</summary>
internal sealed class SocketRegistry(SocketOptions options)
{
    private readonly ConcurrentDictionary<SocketConnection, byte> _connections = new();
    private readonly Dictionary<string, int> _askers = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private int _unauthenticated;

    public int Count => _connections.Count;

    public IEnumerable<SocketConnection> Connections => _connections.Keys;

    /// <summary>Whether another connection may wait for its credential.</summary>
    public bool HasRoomForStrangers => Volatile.Read(ref _unauthenticated) < options.MaxUnauthenticated;

    /// <summary>Whether there is room for another connection at all.</summary>
    public bool HasRoom => _connections.Count < options.MaxConnections;

    public void Add(SocketConnection connection)
    {
        _connections.TryAdd(connection, 0);
        lock (_lock)
        {
            _unauthenticated++;
        }

        SocketMetrics.Open.Add(1);
    }

    /// <summary>A connection belongs to an asker from now on; false if that one has too many.</summary>
    public bool Assign(Principal? before, Principal now)
    {
        lock (_lock)
        {
            if (before?.Id == now.Id)
            {
                return true;
            }

            int count = _askers.GetValueOrDefault(now.Id);
            if (count >= options.MaxConnectionsPerPrincipal)
            {
                return false;
            }

            _askers[now.Id] = count + 1;
            Leave(before);
            return true;
        }
    }

    /// <summary>Sends a message to the agents of a task that are connected now, as long as that takes no longer than this.</summary>
    /// <returns>How many got it.</returns>
    public async Task<int> TellAgentsAsync(string taskId, ReadOnlyMemory<byte> message, TimeSpan patience)
    {
        Task<bool>[] sending = [.. _connections.Keys.Where(connection => connection.AgentTask == taskId).Select(connection => connection.SendAsync(message).AsTask())];
        Task all = Task.WhenAll(sending);
        await all.WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return sending.Count(static task => task.IsCompletedSuccessfully && task.Result);
    }

    public void Remove(SocketConnection connection, Principal? principal)
    {
        if (_connections.TryRemove(connection, out _))
        {
            SocketMetrics.Open.Add(-1);
            lock (_lock)
            {
                Leave(principal);
            }
        }
    }

    private void Leave(Principal? principal)
    {
        if (principal is null)
        {
            _unauthenticated--;
        }
        else if (--_askers[principal.Id] == 0)
        {
            _askers.Remove(principal.Id);
        }
    }
}
