using System.Buffers;
using System.Net.WebSockets;
using Flatnet.Logs.Wire;
using Flatnet.Server.Errors;

namespace Flatnet.Server.Sockets;

/// <summary>Puts messages together from their pieces. Between messages it has no buffer: ten thousand viewers say next to nothing.</summary>
internal sealed class MessageReader(WebSocket socket, int maxLength)
{
    private const int SmallBuffer = 4 << 10;

    private byte[] _buffer = [];
    private int _expected = SmallBuffer;

    /// <summary>What the last message was sent as.</summary>
    public WebSocketMessageType Type { get; private set; }

    /// <summary>The next message, valid until <see cref="Release"/>; null when the other side closed.</summary>
    /// <exception cref="ApiException">It is longer than accepted: 413.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellation)
    {
        // A read of nothing waits for data without holding memory.
        ValueWebSocketReceiveResult result = await socket.ReceiveAsync(Memory<byte>.Empty, cancellation).ConfigureAwait(false);
        int length = 0;
        while (!result.EndOfMessage && result.MessageType != WebSocketMessageType.Close)
        {
            MakeRoom(length);
            result = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellation).ConfigureAwait(false);
            length += result.Count;
            if (length > maxLength)
            {
                throw new ApiException(413, ErrorCode.PayloadTooLarge, $"A message may have {maxLength} bytes at most: send more and smaller ones.");
            }
        }

        Type = result.MessageType;
        // An agent's frames have about one size: the next buffer fits at once.
        _expected = Math.Clamp(length, SmallBuffer, maxLength);
        // Not in one expression: there, null would become an empty memory.
        if (Type == WebSocketMessageType.Close)
        {
            return null;
        }

        return _buffer.AsMemory(0, length);
    }

    public void Release()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    /// <summary>Reads on to the other side's close, and forgets what it reads.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        Release();
        _buffer = ArrayPool<byte>.Shared.Rent(SmallBuffer);
        while (socket.State is WebSocketState.Open or WebSocketState.CloseSent
            && (await socket.ReceiveAsync(_buffer.AsMemory(), cancellation).ConfigureAwait(false)).MessageType != WebSocketMessageType.Close)
        {
        }
    }

    private void MakeRoom(int length)
    {
        if (length < _buffer.Length)
        {
            return;
        }

        // One byte more than accepted: what fills it is too long.
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Min(Math.Max(_expected + 1, length * 2), maxLength + 1));
        _buffer.AsSpan(0, length).CopyTo(larger);
        Release();
        _buffer = larger;
    }
}
