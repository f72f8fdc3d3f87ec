using System.Buffers;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using Flatnet.Agent.Transport.Http;

namespace Flatnet.Agent.Transport.Socket;

/// <summary>A WebSocket to the server: whole messages out and in, every failure a <see cref="ServerException"/>. One sender and one reader at a time.</summary>
internal sealed class SocketLink : IDisposable
{
    /// <summary>The longest message of the protocol.</summary>
    public const int LargestMessage = 1024 * 1024;

    private readonly ClientWebSocket _socket;
    private readonly ArrayBufferWriter<byte> _received = new(4096);

    private SocketLink(ClientWebSocket socket, Uri address)
    {
        _socket = socket;
        Address = address;
    }

    public Uri Address { get; }

    /// <exception cref="ServerException">There is no connection.</exception>
    public static async Task<SocketLink> ConnectAsync(
        Uri address, Credential credential, HttpMessageInvoker invoker, TimeSpan timeout, TimeProvider time, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        // Pings are messages of the protocol: both sides see them.
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        if (credential.Header is { } header)
        {
            socket.Options.SetRequestHeader(header.Name, header.Value);
        }

        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            await socket.ConnectAsync(address, invoker, either.Token).ConfigureAwait(false);
            return new SocketLink(socket, address);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            socket.Dispose();
            throw new ServerException(Refusal.Unreachable, $"{address}: no answer within {timeout.TotalSeconds:0.#} s.", error);
        }
        catch (WebSocketException error)
        {
            using (socket)
            {
                throw Refused(address, socket, error, time);
            }
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <exception cref="ServerException">The connection broke.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (IsBroken(error))
        {
            throw Broken(error);
        }
    }

    /// <summary>The next message; valid until the next call.</summary>
    /// <exception cref="ServerException">The connection was closed, or broke.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellation)
    {
        _received.ResetWrittenCount();
        try
        {
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(_received.GetMemory(4096), cancellation).ConfigureAwait(false);
                _received.Advance(part.Count);
                if (_received.WrittenCount > LargestMessage)
                {
                    throw new ServerException(Refusal.Unreachable, $"{Address}: a message longer than {LargestMessage} bytes came; this is not the log server.");
                }
            }
            while (!part.EndOfMessage);

            return part.MessageType == WebSocketMessageType.Close ? throw Closed() : _received.WrittenMemory;
        }
        catch (Exception error) when (IsBroken(error))
        {
            throw Broken(error);
        }
    }

    /// <summary>Says goodbye; an answer is not waited for.</summary>
    public async Task CloseAsync(TimeProvider time)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (IsBroken(error) || error is OperationCanceledException)
        {
            // It is gone already, which is as good.
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsBroken(Exception error) => error is WebSocketException or IOException or ObjectDisposedException;

    private static ServerException Refused(Uri address, ClientWebSocket socket, WebSocketException error, TimeProvider time)
    {
        if (socket.HttpStatusCode == 0)
        {
            return new ServerException(Refusal.Unreachable, $"{address}: {Reason.Of(error)}.", error);
        }

        string? header = socket.HttpResponseHeaders?.TryGetValue("Retry-After", out IEnumerable<string>? values) == true ? values.FirstOrDefault() : null;
        return new ServerException(RefusedAnswer.Classify(socket.HttpStatusCode), $"{address}: the server answered {(int)socket.HttpStatusCode}.", error)
        {
            RetryAfter = RetryConditionHeaderValue.TryParse(header, out RetryConditionHeaderValue? retry) ? RefusedAnswer.RetryAfter(retry, time) : null,
        };
    }

    private ServerException Broken(Exception error) => _socket.CloseStatus is not null
        ? Closed()
        : new ServerException(Refusal.Unreachable, $"{Address}: the connection broke: {Reason.Of(error)}.", error);

    private ServerException Closed()
    {
        int code = (int)(_socket.CloseStatus ?? WebSocketCloseStatus.Empty);
        string reason = _socket.CloseStatusDescription is { Length: > 0 } text ? $": {text.TrimEnd('.')}" : "";
        return new ServerException(SocketClose.Classify(code), $"{Address}: the server closed the connection with {code}{reason}.");
    }
}
