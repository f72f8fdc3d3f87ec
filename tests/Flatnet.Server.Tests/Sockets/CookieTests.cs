using Flatnet.Server.Tests.Rest;

namespace Flatnet.Server.Tests.Sockets;

/// <summary>A browser sends its cookie with each upgrade, whichever page asked for it.</summary>
public sealed class CookieTests
{
    [Fact]
    public async Task A_cookie_is_good_for_an_upgrade_by_a_page_of_the_server_or_one_that_is_named()
    {
        await using RestServer server = await StartAsync("https://ci.example");
        foreach (string origin in new[] { server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority), "https://ci.example" })
        {
            await using SocketClient viewer = await server.ConnectAsync("/ws/tasks/t", ("Cookie", CookieFor(server)), ("Origin", origin));
            await viewer.SubscribeAsync();
            Assert.Equal("line 1", await viewer.LineAsync());
        }
    }

    [Theory]
    [InlineData("https://ci.example", "https://evil.example")]
    [InlineData("https://ci.example", "null")]
    [InlineData("https://ci.example", null)]
    [InlineData("*", "https://evil.example")]
    public async Task A_cookie_is_no_good_for_an_upgrade_by_any_other_page(string allowed, string? origin)
    {
        await using RestServer server = await StartAsync(allowed);
        (string, string)[] headers = origin is null ? [("Cookie", CookieFor(server))] : [("Cookie", CookieFor(server)), ("Origin", origin)];
        Assert.Equal(403, (await Assert.ThrowsAsync<RefusedException>(() => server.ConnectAsync("/ws/tasks/t", headers))).Status);
    }

    [Fact]
    public async Task A_stale_cookie_is_refused_before_the_upgrade()
    {
        await using RestServer server = await StartAsync("*");
        string origin = server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        Assert.Equal(401, (await Assert.ThrowsAsync<RefusedException>(
            () => server.ConnectAsync("/ws/tasks/t", ("Cookie", "flatnet_token=stale"), ("Origin", origin)))).Status);
    }

    private static string CookieFor(RestServer server) => "flatnet_token=" + server.MakeKey("logs:read");

    private static async Task<RestServer> StartAsync(string allowedOrigin)
    {
        RestServer server = await RestServer.StartAsync(options => options with
        {
            Http = options.Http with { AllowedOrigins = [allowedOrigin] },
            Auth = options.Auth with { AllowedOrigins = [allowedOrigin] },
        });
        await server.FillAsync("t", 1);
        return server;
    }
}
