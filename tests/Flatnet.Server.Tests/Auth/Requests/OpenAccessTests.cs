using System.Net;
using Flatnet.Server.Auth;
using Flatnet.Server.Auth.Keys;
using Flatnet.Server.Tests.Limits;

namespace Flatnet.Server.Tests.Auth.Requests;

public sealed class OpenAccessTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task While_nothing_is_configured_this_machine_needs_no_credential_and_the_log_warns()
    {
        await using TestServer server = await StartAsync();

        using HttpResponseMessage response = await server.GetAsync("/read/a");

        Assert.Equal("local", await response.Content.ReadAsStringAsync());
        Assert.Contains(server.Log.Messages, message => message.Id == 2004);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "127.0.0.1.evil.example")]
    [InlineData("Host", "10.0.0.1")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost:1")]
    [InlineData("X-Forwarded-For", "10.0.0.1")]
    [InlineData("Forwarded", "for=10.0.0.1")]
    public async Task A_web_page_and_a_proxy_on_this_machine_are_not_this_machine(string header, string value)
    {
        await using TestServer server = await StartAsync();

        using HttpResponseMessage response = await server.GetAsync("/read/a", (header, value));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("localhost:80", "http://localhost")]
    [InlineData("[::1]:8080", "http://[::1]:8080")]
    [InlineData("127.0.0.1:8080", "http://127.0.0.1:8080")]
    public async Task The_server_s_own_page_is(string host, string origin)
    {
        await using TestServer server = await StartAsync();

        using HttpResponseMessage response = await server.GetAsync("/read/a", ("Host", host), ("Origin", origin));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_first_key_ends_it_at_once_and_revoking_the_last_does_not_bring_it_back()
    {
        await using TestServer server = await StartAsync();
        var register = new KeyRegister(_directory.PathOf("keys.json"), _time);
        register.Create("ci", new Grant(["admin"], null), null);

        using HttpResponseMessage after = await server.GetAsync("/read/a");
        register.Revoke("ci");
        using HttpResponseMessage revoked = await server.GetAsync("/read/a");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (after.StatusCode, revoked.StatusCode));
    }

    [Fact]
    public async Task A_bad_credential_does_not_count_as_none()
    {
        await using TestServer server = await StartAsync();

        using HttpResponseMessage response = await server.GetAsync("/read/a", ("X-API-Key", "garbage"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private Task<TestServer> StartAsync() => TestServer.StartAsync(new AuthOptions { Directory = _directory.Location }, _time);
}
