using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Flatnet.Server.Tests.Sockets;

/// <summary>The other side of a WebSocket.</summary>
internal sealed class SocketClient(ClientWebSocket socket) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly byte[] _buffer = new byte[2 << 20];

    public ClientWebSocket Socket => socket;

    /// <exception cref="RefusedException">The server answered with another status.</exception>
    public static async Task<SocketClient> ConnectAsync(Uri address, params IEnumerable<(string Name, string Value)> headers)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        socket.Options.CollectHttpResponseDetails = true;
        foreach ((string name, string value) in headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        try
        {
            await socket.ConnectAsync(address, default);
            return new SocketClient(socket);
        }
        catch (WebSocketException)
        {
            int status = (int)socket.HttpStatusCode;
            socket.Dispose();
            throw new RefusedException(status);
        }
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Text, bool isEnd = true) =>
        await socket.SendAsync(bytes, type, isEnd, default).WaitAsync(Patience);

    /// <summary>The next message; null when the server closed. Pings do not count.</summary>
    public async Task<JsonElement?> TryReceiveAsync(bool withPings = false)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            int length = 0;
            ValueWebSocketReceiveResult result;
            do
            {
                result = await socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
                length += result.Count;
            }
            while (!result.EndOfMessage);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            using var document = JsonDocument.Parse(_buffer.AsMemory(0, length));
            if (withPings || document.RootElement.GetProperty("type").GetString() != "ping")
            {
                return document.RootElement.Clone();
            }
        }
    }

    /// <summary>The next message, which must be of a type.</summary>
    public async Task<JsonElement> ReceiveAsync(string type)
    {
        JsonElement? message = await TryReceiveAsync(withPings: type == "ping");
        Assert.True(message is not null, $"closed with {(int?)socket.CloseStatus} {socket.CloseStatusDescription}");
        Assert.Equal(type, message.Value.GetProperty("type").GetString());
        return message.Value;
    }

    /// <summary>The next message must be an error; its code.</summary>
    public async Task<string?> ErrorAsync()
    {
        JsonElement error = await ReceiveAsync("error");
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.NotEmpty(error.GetProperty("requestId").GetString()!);
        Assert.True(DateTimeOffset.TryParse(error.GetProperty("timestamp").GetString(), out _));
        return error.GetProperty("code").GetString();
    }

    /// <summary>Reads to the server's close; its code.</summary>
    public async Task<int> ClosedAsync()
    {
        while (await TryReceiveAsync() is not null)
        {
        }

        return (int)socket.CloseStatus!.Value;
    }

    /// <summary>Subscribes, and takes the answer.</summary>
    public async Task<JsonElement> SubscribeAsync(string options = "{}")
    {
        await SendAsync($$"""{"type":"subscribe","taskId":"t","options":{{options}}}""");
        return await ReceiveAsync("subscribed");
    }

    /// <summary>The text of the next line.</summary>
    public async Task<string?> LineAsync() => (await ReceiveAsync("log")).GetProperty("message").GetString();

    public ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
