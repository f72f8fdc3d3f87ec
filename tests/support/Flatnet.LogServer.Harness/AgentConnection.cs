using System.Net.WebSockets;
using System.Text.Json;
using Flatnet.Logs.Wire;

namespace Flatnet.LogServer.Harness;

/// <summary>An agent's WebSocket: sends frames with a window of unacknowledged lines, and tells when each acknowledgement came.</summary>
public sealed class AgentConnection : IAsyncDisposable
{
    private readonly ClientWebSocket _socket;
    private readonly SemaphoreSlim _moved = new(0);
    private readonly Task _reading;
    private long _acknowledged;

    private AgentConnection(ClientWebSocket socket)
    {
        _socket = socket;
        _reading = ReadAsync();
    }

    public long Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Called with each acknowledged sequence as it arrives.</summary>
    public Action<long>? OnAcknowledged { get; set; }

    public static async Task<AgentConnection> OpenAsync(Uri address, string token)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await socket.ConnectAsync(address, CancellationToken.None);
        return new AgentConnection(socket);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> frame) =>
        await _socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>Waits until a line is acknowledged.</summary>
    public async Task WaitForAsync(long sequence)
    {
        while (Acknowledged < sequence)
        {
            if (_reading.IsCompleted)
            {
                await _reading;
                throw new HarnessException($"the server closed an agent's connection at line {Acknowledged}: {_socket.CloseStatus} {_socket.CloseStatusDescription}");
            }

            await _moved.WaitAsync(TimeSpan.FromSeconds(1));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await _reading.WaitAsync(TimeSpan.FromSeconds(10));
        _socket.Dispose();
        _moved.Dispose();
    }

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        int length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult result = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            length += result.Count;
            if (!result.EndOfMessage)
            {
                continue;
            }

            Handle(buffer.AsSpan(0, length));
            length = 0;
        }
    }

    private void Handle(ReadOnlySpan<byte> message)
    {
        switch (WireJson.TypeOf(message))
        {
            case AckMessage.Name:
                AckMessage ack = JsonSerializer.Deserialize(message, WireJson.Default.AckMessage)!;
                Volatile.Write(ref _acknowledged, ack.Sequence);
                OnAcknowledged?.Invoke(ack.Sequence);
                _moved.Release();
                break;
            case ErrorMessage.Name or ThrottleMessage.Name:
                throw new HarnessException("the server answered an agent: " + System.Text.Encoding.UTF8.GetString(message));
            default:
                break;
        }
    }
}
