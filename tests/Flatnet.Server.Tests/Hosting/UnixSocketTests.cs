using System.Net.Sockets;
using Flatnet.Server.Hosting;
using Flatnet.Server.Storage;
using Flatnet.Server.Telemetry;
using Flatnet.Server.Tests.Auth;
using Microsoft.AspNetCore.Builder;

namespace Flatnet.Server.Tests.Hosting;

public sealed class UnixSocketTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string SocketPath => _directory.PathOf("flatnetd.sock");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Requests_are_answered_and_the_socket_goes_with_the_server()
    {
        await using (WebApplication server = await StartAsync())
        {
            Assert.Equal("""{"status":"ready"}""", await ReadyAsync());
            await server.StopAsync();
        }

        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public async Task The_socket_of_a_server_that_was_killed_does_not_keep_the_next_from_starting()
    {
        // A socket removes its file when it is closed, if it is still there.
        using (var killed = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            killed.Bind(new UnixDomainSocketEndPoint(SocketPath));
            File.Move(SocketPath, SocketPath + ".left");
        }

        File.Move(SocketPath + ".left", SocketPath);
        await using WebApplication server = await StartAsync();
        Assert.Equal("""{"status":"ready"}""", await ReadyAsync());
    }

    [Fact]
    public async Task A_socket_that_is_served_and_a_file_are_left_alone()
    {
        await using WebApplication first = await StartAsync();
        await Assert.ThrowsAsync<IOException>(StartAsync);
        Assert.Equal("""{"status":"ready"}""", await ReadyAsync());
        await first.StopAsync();

        await File.WriteAllTextAsync(SocketPath, "mine");
        await Assert.ThrowsAsync<IOException>(StartAsync);
        Assert.Equal("mine", await File.ReadAllTextAsync(SocketPath));
    }

    private async Task<WebApplication> StartAsync()
    {
        string data = _directory.PathOf("data-" + Guid.NewGuid());
        WebApplication server = ServerHost.Build(new ServerOptions
        {
            DataDirectory = data,
            Storage = new StorageOptions { Path = Path.Combine(data, "logs.db") },
            Http = new HttpOptions { Listen = [new ListenAddress(null, SocketPath)] },
            Logging = new LoggingOptions { Level = Microsoft.Extensions.Logging.LogLevel.None },
        });
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task<string> ReadyAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        return await client.GetStringAsync("http://localhost/ready");
    }
}
