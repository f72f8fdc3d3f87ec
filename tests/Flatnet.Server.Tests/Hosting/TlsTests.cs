using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Flatnet.Server.Hosting;
using Flatnet.Server.Tests.Auth;
using Flatnet.Server.Tests.Rest;
using Flatnet.Server.Tests.Sockets;

namespace Flatnet.Server.Tests.Hosting;

public sealed class TlsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryDirectory _directory = new();
    private readonly TestAuthority _authority = new();
    private readonly string _shown;

    public TlsTests() => _shown = _authority.Issue(Certificate, Key);

    private string Certificate => _directory.PathOf("server.pem");

    private string Key => _directory.PathOf("server.key");

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Requests_are_answered_to_clients_that_know_the_root_alone(string version)
    {
        await using RestServer server = await StartAsync();
        await server.FillAsync("t", 3);
        using HttpClient client = NewClient(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/tasks/t/logs") { Version = Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Authorization = server.Client.DefaultRequestHeaders.Authorization;
        using HttpResponseMessage response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(request.Version, response.Version);
        Assert.True(response.Headers.Contains("Strict-Transport-Security"));
        Assert.Contains("line 3", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_WebSocket_is_served()
    {
        await using RestServer server = await StartAsync();
        await server.FillAsync("t", 1);
        using SocketsHttpHandler handler = _authority.NewHandler();
        using var invoker = new HttpMessageInvoker(handler);
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("X-API-Key", RestServer.AdminToken);
        await socket.ConnectAsync(new UriBuilder(Address(server)) { Scheme = "wss", Path = "/ws/tasks/t" }.Uri, invoker, default);
        await using var viewer = new SocketClient(socket);
        await viewer.SubscribeAsync();
        Assert.Equal("line 1", await viewer.LineAsync());
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_to_new_connections_without_a_restart()
    {
        await using RestServer server = await StartAsync();
        using HttpClient old = NewClient(server);
        await old.GetStringAsync("/health");
        Assert.Equal(_shown, await ShownAsync(server));

        string second = _authority.Issue(Certificate, Key);
        Assert.Equal(second, await ShownAsync(server));
        await old.GetStringAsync("/health");

        // In two steps, as a program writes them that renews: what does not belong together is not used.
        string third = _authority.Issue(_directory.PathOf("next.pem"), _directory.PathOf("next.key"));
        File.Move(_directory.PathOf("next.pem"), Certificate, overwrite: true);
        Assert.Equal(second, await ShownAsync(server));
        File.Move(_directory.PathOf("next.key"), Key, overwrite: true);
        Assert.Equal(third, await ShownAsync(server));

        File.Delete(Certificate);
        Assert.Equal(third, await ShownAsync(server));
    }

    [Fact]
    public async Task A_renewed_certificate_is_seen_behind_links()
    {
        string[] versions = [_directory.PathOf("v1"), _directory.PathOf("v2")];
        Directory.CreateDirectory(versions[0]);
        Directory.CreateDirectory(versions[1]);
        _authority.Issue(Path.Combine(versions[0], "c.pem"), Path.Combine(versions[0], "k.pem"));
        string renewed = _authority.Issue(Path.Combine(versions[1], "c.pem"), Path.Combine(versions[1], "k.pem"));
        string link = _directory.PathOf("current");
        File.CreateSymbolicLink(link, versions[0]);
        File.Delete(Certificate);
        File.Delete(Key);
        File.CreateSymbolicLink(Certificate, "current/c.pem");
        File.CreateSymbolicLink(Key, "current/k.pem");
        await using RestServer server = await StartAsync();
        Assert.NotEqual(renewed, await ShownAsync(server));

        File.Delete(link);
        File.CreateSymbolicLink(link, versions[1]);
        Assert.Equal(renewed, await ShownAsync(server));
    }

    [Fact]
    public async Task Who_speaks_plain_HTTP_gets_no_answer()
    {
        await using RestServer server = await StartAsync();
        using TcpClient client = await ConnectAsync(server);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /health HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {RestServer.AdminToken}\r\n\r\n"));
        Assert.DoesNotContain("HTTP/1.1 2", await ReadToEndAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_greet_is_closed_and_others_are_served()
    {
        await using RestServer server = await StartAsync(new HttpOptions { HeadersTimeout = TimeSpan.FromSeconds(4) });
        using TcpClient silent = await ConnectAsync(server);
        Task<string> end = ReadToEndAsync(silent);
        using HttpClient client = NewClient(server);
        await client.GetStringAsync("/health");
        Assert.Equal("", await end);
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused_at_the_start()
    {
        _authority.Issue(Certificate, _directory.PathOf("other.key"));
        var error = Assert.Throws<HostingException>(() => new TlsCertificate(new TlsOptions { Certificate = Certificate, Key = Key }));
        Assert.Contains(Key, error.Message, StringComparison.Ordinal);
    }

    private static Uri Address(RestServer server) => server.Client.BaseAddress!;

    private HttpClient NewClient(RestServer server, Action<string>? onShown = null) => new(_authority.NewHandler(onShown)) { BaseAddress = Address(server) };

    private async Task<string> ShownAsync(RestServer server)
    {
        string shown = "";
        using HttpClient client = NewClient(server, thumbprint => shown = thumbprint);
        await client.GetStringAsync("/health");
        return shown;
    }

    private Task<RestServer> StartAsync(HttpOptions? options = null) => RestServer.StartAsync(server => server with
    {
        Http = (options ?? new HttpOptions()) with { Listen = server.Http.Listen, Tls = new TlsOptions { Certificate = Certificate, Key = Key } },
    });

    private static async Task<TcpClient> ConnectAsync(RestServer server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Address(server).Port);
        return client;
    }

    private static async Task<string> ReadToEndAsync(TcpClient client)
    {
        using var received = new MemoryStream();
        try
        {
            await client.GetStream().CopyToAsync(received).WaitAsync(Patience);
        }
        catch (IOException)
        {
            // A reset is an end too.
        }

        return Encoding.Latin1.GetString(received.ToArray());
    }
}
