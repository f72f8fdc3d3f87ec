using System.Net.WebSockets;
using System.Text.Json;
using Flatnet.Logs.Wire;

namespace Flatnet.LogServer.Harness;

/// <summary>A viewer's WebSocket. Reads eagerly and hands on each frame, or, stalled, nothing after its subscription.</summary>
public sealed class ViewerConnection : IDisposable
{
    private readonly ClientWebSocket _socket;
    private readonly CancellationTokenSource _stop = new();
    private Task _reading = Task.CompletedTask;

    private ViewerConnection(ClientWebSocket socket) => _socket = socket;

    public static async Task<ViewerConnection> OpenAsync(Uri address, string token, SubscribeMessage subscribe)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        socket.Options.SetBuffer(4096, 1024);
        await socket.ConnectAsync(address, CancellationToken.None);
        var viewer = new ViewerConnection(socket);
        byte[] message = JsonSerializer.SerializeToUtf8Bytes(subscribe, WireJson.Default.SubscribeMessage);
        await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        byte[] buffer = new byte[4096];
        await viewer.FrameAsync(buffer);
        return viewer;
    }

    /// <summary>Reads from now on; the frame is valid only during the call.</summary>
    public void Read(Action<ReadOnlyMemory<byte>> onFrame) => _reading = ReadAsync(onFrame);

    public void Dispose()
    {
        _stop.Cancel();
        _socket.Abort();
        _socket.Dispose();
    }

    private async Task ReadAsync(Action<ReadOnlyMemory<byte>> onFrame)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (await FrameAsync(buffer) is var length and > 0)
            {
                onFrame(buffer.AsMemory(0, length));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or ObjectDisposedException && _stop.IsCancellationRequested)
        {
            // Disposed of.
        }
    }

    private async Task<int> FrameAsync(byte[] buffer)
    {
        int length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult result = await _socket.ReceiveAsync(buffer.AsMemory(length), _stop.Token);
            length += result.Count;
            if (result.MessageType == WebSocketMessageType.Close)
            {
                throw new HarnessException($"the server closed a viewer's connection: {_socket.CloseStatus} {_socket.CloseStatusDescription}");
            }

            if (result.EndOfMessage)
            {
                return length;
            }
        }
    }
}
