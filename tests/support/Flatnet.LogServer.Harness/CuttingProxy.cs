using System.Net;
using System.Net.Sockets;

namespace Flatnet.LogServer.Harness;

/// <summary>A proxy on loopback that cuts its connections after so many bytes, in the middle of whatever passes, until it has cut often enough.</summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Random _random;
    private readonly Uri _server;
    private readonly Task _accepting;
    private int _left;

    public CuttingProxy(Uri server, int cuts, int seed)
    {
        _server = server;
        _left = cuts;
        _random = new Random(seed);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>What to connect to in place of the server.</summary>
    public Uri Address { get; }

    /// <summary>Cuts that are still to come.</summary>
    public int Left => Volatile.Read(ref _left);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // Disposed of.
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        using (var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
        {
            try
            {
                await server.ConnectAsync(_server.Host, _server.Port, end.Token);
                // Past the handshake, and anywhere in the first frames, of which each has a hundred kilobytes.
                int allowed = Left > 0 ? _random.Next(5_000, 500_000) : int.MaxValue;
                await Task.WhenAny(CopyAsync(client, server, allowed, end.Token), CopyAsync(server, client, int.MaxValue, end.Token));
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // The server is away, or it is over.
            }

            await end.CancelAsync();
            // The client hears a reset; the server has what came through, which may end in the middle of a frame.
            client.LingerState = new LingerOption(true, 0);
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, int allowed, CancellationToken cancellation)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            NetworkStream source = from.GetStream();
            NetworkStream target = to.GetStream();
            while (await source.ReadAsync(buffer.AsMemory(0, Math.Min(buffer.Length, allowed)), cancellation) is var read and > 0)
            {
                await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
                allowed -= read;
                if (allowed <= 0)
                {
                    Interlocked.Decrement(ref _left);
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone.
        }
    }
}
