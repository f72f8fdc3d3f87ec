using System.Buffers.Text;
using System.Security.Cryptography;
using Flatnet.Server.Auth;
using Flatnet.Server.Auth.Jwt;
using Flatnet.Server.Errors;
using Flatnet.Server.Tests.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;

namespace Flatnet.Server.Tests.Auth.Jwt;

/// <summary>Against a small OpenID provider on a loopback port.</summary>
#pragma warning disable CA1001 // Disposed by IAsyncLifetime.
public sealed class ProviderTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly RSA First = RSA.Create(2048);
    private static readonly RSA Second = RSA.Create(2048);

    private readonly ManualTime _time = new();
    private readonly LogRecorder _log = new();
    private readonly List<object> _keys = [Jwk("one", First)];
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private string? _issuer;
    private int _status = 200;
    private int _asked;
    private WebApplication _provider = null!;
    private ProviderKeys _source = null!;
    private JwtAuthenticator _authenticator = null!;

    private string Address => _provider.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        _provider = builder.Build();
        _provider.UseRouting();
        _provider.MapGet("/realm/.well-known/openid-configuration", () =>
        {
            _asked++;
            return _status == 200
                ? Results.Json(new { issuer = _issuer ?? Address + "/realm", jwks_uri = Address + "/realm/keys" })
                : Results.StatusCode(_status);
        });
        _provider.MapGet("/realm/keys", () => Results.Json(new { keys = _keys }));
        await _provider.StartAsync();

        var options = new JwtOptions { Issuer = Address + "/realm", Audience = TokenMaker.Audience, Authority = new Uri(Address + "/realm") };
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _source = new ProviderKeys(options, new HttpDocumentRetriever(_http) { RequireHttps = false }, _time, factory.CreateLogger<ProviderKeys>());
        _authenticator = new JwtAuthenticator(options, _source, _time);
    }

    public async Task DisposeAsync()
    {
        _source.Dispose();
        _http.Dispose();
        _log.Dispose();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Keys_are_asked_for_once_for_many_tokens()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AuthenticateAsync(First, "one")));

        Assert.Equal(1, _asked);
        Assert.Equal(Scopes.LogsRead, (await AuthenticateAsync(First, null)).Scopes);
    }

    [Fact]
    public async Task The_first_token_of_a_new_key_is_accepted_and_an_old_key_ends()
    {
        await AuthenticateAsync(First, "one");
        _keys[0] = Jwk("two", Second);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(Scopes.LogsRead, (await AuthenticateAsync(Second, "two")).Scopes);
        await RefusedAsync(401, First, "one");
    }

    [Fact]
    public async Task Invented_key_names_do_not_make_it_ask_again_and_again()
    {
        await AuthenticateAsync(First, "one");
        for (int i = 0; i < 50; i++)
        {
            await RefusedAsync(401, Second, $"invented-{i}");
        }

        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task While_the_provider_is_down_known_keys_hold()
    {
        await AuthenticateAsync(First, "one");
        _status = 500;
        _time.Advance(TimeSpan.FromHours(13));

        Assert.Equal(Scopes.LogsRead, (await AuthenticateAsync(First, "one")).Scopes);
        Assert.Equal(2, _asked);
        Assert.Contains(_log.Messages, message => message.Id == 2002);
    }

    [Fact]
    public async Task Without_any_keys_a_token_is_neither_good_nor_bad()
    {
        _status = 500;
        await RefusedAsync(503, First, "one");

        _status = 200;
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(Scopes.LogsRead, (await AuthenticateAsync(First, "one")).Scopes);
    }

    [Fact]
    public async Task A_provider_that_calls_itself_otherwise_is_not_believed()
    {
        _issuer = "https://other.example";

        await RefusedAsync(503, First, "one");

        Assert.Contains(_log.Messages, message => message.Text.Contains("'https://other.example'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_that_a_provider_publishes_is_no_key()
    {
        byte[] secret = RandomNumberGenerator.GetBytes(64);
        _keys.Add(new { kty = "oct", kid = "three", k = Base64Url.EncodeToString(secret), alg = "HS256" });

        ApiException error = await Assert.ThrowsAsync<ApiException>(() => AuthenticateAsync(TokenMaker.Sign(Claims(), secret, keyId: "three")));

        Assert.Equal(401, error.Status);
    }

    private static object Jwk(string id, RSA key)
    {
        RSAParameters parameters = key.ExportParameters(false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = id, n = Base64Url.EncodeToString(parameters.Modulus), e = Base64Url.EncodeToString(parameters.Exponent) };
    }

    private Dictionary<string, object?> Claims()
    {
        Dictionary<string, object?> claims = TokenMaker.Claims(_time.GetUtcNow());
        claims["iss"] = Address + "/realm";
        return claims;
    }

    private Task<Principal> AuthenticateAsync(RSA key, string? keyId) => AuthenticateAsync(TokenMaker.Sign(Claims(), key, keyId));

    private Task<Principal> AuthenticateAsync(string token) => _authenticator.AuthenticateAsync(TokenChecker.TryRead(token)!, CancellationToken.None);

    private async Task RefusedAsync(int status, RSA key, string keyId) =>
        Assert.Equal(status, (await Assert.ThrowsAsync<ApiException>(() => AuthenticateAsync(key, keyId))).Status);
}
