using System.Net;
using System.Net.Sockets;
using System.Text;
using Flatnet.Server.Hosting;
using Flatnet.Server.Tests.Rest;

namespace Flatnet.Server.Tests.Hosting;

/// <summary>Who is served when there are more connections than there may be.</summary>
public sealed class ConnectionGateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Silence_and_half_a_request_make_room_for_those_who_ask()
    {
        await using RestServer server = await StartAsync(mostConnections: 3);
        var rude = new List<TcpClient>();
        try
        {
            for (int i = 0; i < 20; i++)
            {
                TcpClient client = new();
                rude.Add(client);
                await client.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(i % 2 == 0 ? "GET /health HTTP/1.1\r\nHo" : "G"));
                await AskAsync(server);
            }

            // With 20 of them and room for 3, all but the last were closed.
            foreach (TcpClient client in rude.SkipLast(3))
            {
                Assert.True(await IsClosedAsync(client));
            }
        }
        finally
        {
            rude.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task A_request_that_runs_is_not_cut_off_for_a_new_one()
    {
        await using RestServer server = await StartAsync(mostConnections: 1);
        await server.FillAsync("t", 1);
        var reached = new TaskCompletionSource();
        var held = new TaskCompletionSource();
        server.Store.BeforeFind = () =>
        {
            reached.TrySetResult();
            return held.Task;
        };
        Task<Answer> running = server.GetAsync("/api/v1/tasks/t");
        await reached.Task.WaitAsync(Patience);

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(server));
        held.SetResult();
        Assert.Equal(200, (await running).Status);
        // The connection waits now, and makes room.
        await AskAsync(server);
    }

    [Fact]
    public async Task WebSockets_are_counted_elsewhere_and_stay()
    {
        await using RestServer server = await StartAsync(mostConnections: 1);
        await server.FillAsync("t", 1);
        await using var one = await server.ConnectAsync("/ws/tasks/t");
        await using var two = await server.ConnectAsync("/ws/tasks/t");
        await AskAsync(server);
        await AskAsync(server);
        await one.SubscribeAsync();
        await two.SubscribeAsync();
    }

    [Theory]
    [InlineData(1024, 512)]
    [InlineData(20_000, 19_488)]
    [InlineData(400, 64)]
    public void Some_descriptors_are_kept_for_files(int limit, int connections) => Assert.Equal(connections, DescriptorLimit.ConnectionsOf(limit));

    [Fact]
    public void The_limit_of_this_process_is_found() => Assert.InRange(DescriptorLimit.ConnectionsOfProcess, 1, int.MaxValue);

    private static Task<RestServer> StartAsync(int mostConnections) => RestServer.StartAsync(options => options with
    {
        // Long enough that nothing here ends by itself.
        Http = options.Http with { MaxConnections = mostConnections, HeadersTimeout = TimeSpan.FromMinutes(10), KeepAliveTimeout = TimeSpan.FromMinutes(10) },
    });

    /// <summary>On a connection of its own.</summary>
    private static async Task AskAsync(RestServer server)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Client.BaseAddress };
        Assert.Contains("healthy", await client.GetStringAsync("/health"), StringComparison.Ordinal);
    }

    private static async Task<bool> IsClosedAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(Patience) == 0;
        }
        catch (IOException)
        {
            // A reset is an end too.
            return true;
        }
    }
}
