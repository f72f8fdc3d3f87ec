using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Flatnet.Server.Auth;
using Flatnet.Server.Auth.Jwt;
using Flatnet.Server.Auth.Keys;
using Flatnet.Server.Limits;
using Flatnet.Server.Tests.Auth.Jwt;
using Flatnet.Server.Tests.Limits;

namespace Flatnet.Server.Tests.Auth.Requests;

/// <summary>Over HTTP: where credentials stand, what refusals look like.</summary>
public sealed class RequestTests : IDisposable
{
    private const string AdminToken = "an-admin-token-of-32-characters!";

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_key_is_taken_from_either_header()
    {
        string key = CreateKey("ci", ["logs:read"], ["a"]);
        await using TestServer server = await StartAsync();

        Assert.Equal("key:ci", await ReadAsync(await server.GetAsync("/read/a", ("Authorization", "Bearer " + key))));
        Assert.Equal("key:ci", await ReadAsync(await server.GetAsync("/read/a", ("authorization", "bearer  " + key))));
        Assert.Equal("key:ci", await ReadAsync(await server.GetAsync("/read/a", ("X-API-Key", key))));
        Assert.Equal("key:ci", await ReadAsync(await server.GetAsync("/read/a", ("X-API-Key", key), ("Authorization", "Basic YTpi"))));
    }

    [Fact]
    public async Task Without_a_credential_the_answer_says_how_to_send_one()
    {
        await using TestServer server = await StartAsync();

        using HttpResponseMessage response = await server.GetAsync("/read/a");

        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        await RefusedAsync(response, HttpStatusCode.Unauthorized, "UNAUTHORIZED");
    }

    [Theory]
    [InlineData("Bearer garbage")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.eyJpc3MiOjd9.")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.bm8ganNvbg.")]
    [InlineData("Bearer fnk_0011223344556677_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer an-admin-token-of-32-characters?")]
    [InlineData("Bearer")]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    public async Task A_bad_credential_is_an_invalid_token(string header)
    {
        await using TestServer server = await StartAsync();

        using HttpResponseMessage response = await server.GetAsync("/read/a", ("Authorization", header));

        Assert.Equal("Bearer error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString());
        await RefusedAsync(response, HttpStatusCode.Unauthorized, "UNAUTHORIZED");
    }

    [Fact]
    public async Task A_token_in_the_address_counts_for_nothing()
    {
        await using TestServer server = await StartAsync();

        using HttpResponseMessage response = await server.GetAsync($"/read/a?token={AdminToken}&access_token={AdminToken}");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task An_oversized_token_is_refused_unread()
    {
        await using TestServer server = await StartAsync();

        using HttpResponseMessage response = await server.GetAsync("/read/a", ("Authorization", "Bearer " + new string('a', (16 * 1024) + 1)));

        Assert.Contains("16 KiB", (await RefusedAsync(response, HttpStatusCode.Unauthorized, "UNAUTHORIZED")).GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_token_for_one_task_is_refused_on_another_and_a_scope_that_lacks_is_named()
    {
        string other = CreateKey("other", ["logs:read"], ["b", "c-*"]);
        string writer = CreateKey("writer", ["logs:write"], null);
        await using TestServer server = await StartAsync();

        using HttpResponseMessage onOther = await server.GetAsync("/read/a", ("X-API-Key", other));
        using HttpResponseMessage without = await server.GetAsync("/read/a", ("X-API-Key", writer));

        Assert.Contains("'a'", (await RefusedAsync(onOther, HttpStatusCode.Forbidden, "FORBIDDEN")).GetProperty("message").GetString());
        Assert.Contains("logs:read", (await RefusedAsync(without, HttpStatusCode.Forbidden, "FORBIDDEN")).GetProperty("message").GetString());
        Assert.Equal("key:other", await ReadAsync(await server.GetAsync("/read/c-1", ("X-API-Key", other))));
    }

    [Fact]
    public async Task Endpoints_that_need_nobody_answer_whatever_was_sent()
    {
        await using TestServer server = await StartAsync();

        Assert.Equal("hello", await ReadAsync(await server.GetAsync("/public", ("Authorization", "Bearer garbage"), ("Cookie", "flatnet_token=stale"))));
    }

    [Fact]
    public async Task A_configured_issuer_s_tokens_are_accepted_and_the_server_s_own_name_is_not_for_others()
    {
        using var rsa = RSA.Create(2048);
        File.WriteAllText(_directory.PathOf("keys.pem"), rsa.ExportSubjectPublicKeyInfoPem());
        await using TestServer server = await StartAsync(options => options with
        {
            Jwt = new JwtOptions { Issuer = TokenMaker.Issuer, Audience = TokenMaker.Audience, KeyFile = _directory.PathOf("keys.pem") },
        });
        Dictionary<string, object?> claims = TokenMaker.Claims(_time.Start);

        Assert.Equal("jwt:https://issuer.example#ada", await ReadAsync(await server.GetAsync("/read/a", ("Authorization", "Bearer " + TokenMaker.Sign(claims, rsa)))));
        claims["iss"] = "flatnetd";
        using HttpResponseMessage response = await server.GetAsync("/read/a", ("Authorization", "Bearer " + TokenMaker.Sign(claims, rsa)));
        await RefusedAsync(response, HttpStatusCode.Unauthorized, "UNAUTHORIZED");
    }

    [Fact]
    public async Task No_credential_and_no_part_of_one_is_logged()
    {
        string key = CreateKey("ci", ["logs:read"], null);
        await using TestServer server = await StartAsync();
        string wrong = key[..^4] + "AAAA";

        using HttpResponseMessage good = await server.GetAsync("/read/a", ("X-API-Key", key));
        using HttpResponseMessage bad = await server.GetAsync("/read/a", ("X-API-Key", wrong));
        using HttpResponseMessage admin = await server.GetAsync("/read/a", ("Authorization", "Bearer " + AdminToken));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.OK], new[] { good, bad, admin }.Select(response => response.StatusCode));
        Assert.Contains(server.Log.Messages, message => message.Id == 2003);
        Assert.DoesNotContain(server.Log.Messages, message => message.Text.Contains("fnk_", StringComparison.Ordinal) || message.Text.Contains(AdminToken, StringComparison.Ordinal));
        Assert.DoesNotContain(AdminToken, new AuthOptions { AdminToken = AdminToken }.ToString());
    }

    [Fact]
    public async Task Guessing_is_told_to_slow_down_and_others_behind_the_address_are_not_hurt()
    {
        await using TestServer server = await StartAsync(limits: new LimitOptions { FailuresPerMinute = 3 });
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage guess = await server.GetAsync("/read/a", ("X-API-Key", $"guess-{i}"));
            Assert.Equal(HttpStatusCode.Unauthorized, guess.StatusCode);
        }

        using HttpResponseMessage more = await server.GetAsync("/read/a", ("X-API-Key", "guess-4"));
        using HttpResponseMessage good = await server.GetAsync("/read/a", ("X-API-Key", AdminToken));

        await RefusedAsync(more, HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        _time.Advance(TimeSpan.FromSeconds(20));
        using HttpResponseMessage later = await server.GetAsync("/read/a", ("X-API-Key", "guess-5"));
        Assert.Equal(HttpStatusCode.Unauthorized, later.StatusCode);
    }

    [Fact]
    public async Task Reads_are_counted_per_asker_and_every_answer_says_what_is_left()
    {
        string key = CreateKey("ci", ["logs:read"], null);
        await using TestServer server = await StartAsync(limits: new LimitOptions { ReadsPerMinute = 2 });

        using HttpResponseMessage first = await server.GetAsync("/read/a", ("X-API-Key", key));
        using HttpResponseMessage second = await server.GetAsync("/read/a", ("X-API-Key", key));
        using HttpResponseMessage third = await server.GetAsync("/read/a", ("X-API-Key", key));
        using HttpResponseMessage other = await server.GetAsync("/read/a", ("X-API-Key", AdminToken));

        Assert.Equal(("2", "1", "30"), Quota(first));
        Assert.Equal(("2", "0", "60"), Quota(second));
        Assert.Equal(("2", "0", "60"), Quota(third));
        Assert.Equal(TimeSpan.FromSeconds(30), third.Headers.RetryAfter!.Delta);
        await RefusedAsync(third, HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        _time.Advance(TimeSpan.FromSeconds(30));
        using HttpResponseMessage later = await server.GetAsync("/read/a", ("X-API-Key", key));
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    private static (string, string, string) Quota(HttpResponseMessage response) =>
        (response.Headers.GetValues("RateLimit-Limit").Single(), response.Headers.GetValues("RateLimit-Remaining").Single(), response.Headers.GetValues("RateLimit-Reset").Single());

    private static async Task<string> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        }
    }

    private static async Task<JsonElement> RefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal(status, response.StatusCode);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        JsonElement error = body.RootElement.GetProperty("error").Clone();
        Assert.Equal(code, error.GetProperty("code").GetString());
        return error;
    }

    private string CreateKey(string name, string[] scopes, string[]? tasks) =>
        new KeyRegister(_directory.PathOf("keys.json"), _time).Create(name, new Grant([.. scopes], tasks is null ? null : [.. tasks]), null).Key;

    private Task<TestServer> StartAsync(Func<AuthOptions, AuthOptions>? change = null, LimitOptions? limits = null)
    {
        var options = new AuthOptions { Directory = _directory.Location, AdminToken = AdminToken };
        return TestServer.StartAsync(change?.Invoke(options) ?? options, _time, limits);
    }
}
