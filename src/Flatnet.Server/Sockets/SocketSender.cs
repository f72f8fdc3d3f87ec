using System.Net.WebSockets;

namespace Flatnet.Server.Sockets;

/// <summary>The one way out of a connection: whoever sends waits for its turn.</summary>
#pragma warning disable CA1001 // A semaphore that nobody asks for its wait handle has nothing to dispose of.
internal sealed class SocketSender(WebSocket socket, TimeProvider time)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _began;
    private volatile bool _isClosed;

    /// <summary>How long the message that is on its way has been; zero without one.</summary>
    public TimeSpan BusyFor => Volatile.Read(ref _began) is > 0 and var began ? time.GetElapsedTime(began) : TimeSpan.Zero;

    /// <summary>Sends a message; false if the connection is closed, or breaks.</summary>
    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> message)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        return await SendInTurnAsync(message).ConfigureAwait(false);
    }

    /// <summary>Sends a message unless another is on its way: who sends is alive, and need not be asked.</summary>
    public void SendIfIdle(ReadOnlyMemory<byte> message)
    {
        if (_turn.Wait(0))
        {
            _ = SendInTurnAsync(message).AsTask();
        }
    }

    /// <summary>Sends the close; nothing is sent after it.</summary>
    public async Task CloseAsync(int code, string reason)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_isClosed)
            {
                _isClosed = true;
                await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            // The other side is gone: what a close is for has happened.
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Whether it is the connection that failed, and not we.</summary>
    public static bool IsBroken(Exception exception) =>
        exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;

    private async ValueTask<bool> SendInTurnAsync(ReadOnlyMemory<byte> message)
    {
        try
        {
            if (_isClosed)
            {
                return false;
            }

            Volatile.Write(ref _began, time.GetTimestamp());
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            _isClosed = true;
            return false;
        }
        finally
        {
            Volatile.Write(ref _began, 0);
            _turn.Release();
        }
    }
}
