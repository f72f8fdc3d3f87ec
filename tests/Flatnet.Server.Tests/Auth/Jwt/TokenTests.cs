using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Flatnet.Server.Auth;
using Flatnet.Server.Auth.Files;
using Flatnet.Server.Auth.Jwt;
using Flatnet.Server.Errors;
using Flatnet.Server.Hosting;
using Flatnet.Server.Tests.Limits;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Server.Tests.Auth.Jwt;

public sealed class TokenTests : IDisposable
{
    // Made once: an RSA key takes a third of a second.
    private static readonly RSA Rsa = RSA.Create(2048);
    private static readonly RSA OtherRsa = RSA.Create(2048);
    private static readonly ECDsa Ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(48);
    private static readonly string Pem = Rsa.ExportSubjectPublicKeyInfoPem() + "\n" + Ec.ExportSubjectPublicKeyInfoPem() + "\n";

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _time = new();

    public TokenTests()
    {
        File.WriteAllText(_directory.PathOf("keys.pem"), Pem);
        OwnerOnlyFile.Replace(_directory.PathOf("secret"), Secret);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task RS256_ES256_and_HS256_are_accepted()
    {
        Dictionary<string, object?> claims = TokenMaker.Claims(_time.Start);

        foreach (Principal principal in new[]
        {
            await AuthenticateAsync(TokenMaker.Sign(claims, Rsa)),
            await AuthenticateAsync(TokenMaker.Sign(claims, Ec)),
            await AuthenticateAsync(TokenMaker.Sign(claims, Secret), "secret"),
        })
        {
            Assert.Equal(("jwt:https://issuer.example#ada", Scopes.LogsRead, _time.Start.AddMinutes(10)), (principal.Id, principal.Scopes, principal.ExpiresAt));
            Assert.True(principal.AllowsTask("any"));
        }
    }

    [Fact]
    public async Task The_public_key_is_noSecret_of_an_hmac()
    {
        // What an attacker may take for the secret: the PEM file, with and without its end of line, the DER, the modulus.
        byte[][] secrets =
        [
            Encoding.ASCII.GetBytes(Pem),
            Encoding.ASCII.GetBytes(Rsa.ExportSubjectPublicKeyInfoPem()),
            Encoding.ASCII.GetBytes(Rsa.ExportSubjectPublicKeyInfoPem() + "\n"),
            Rsa.ExportSubjectPublicKeyInfo(),
            Rsa.ExportRSAPublicKey(),
            Rsa.ExportParameters(false).Modulus!,
        ];

        foreach (byte[] secret in secrets)
        {
            await RefusedAsync(TokenMaker.Sign(TokenMaker.Claims(_time.Start), secret), "The token is not valid.");
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    [InlineData("")]
    [InlineData("HS512")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    public async Task Other_algorithms_are_refused_whoever_signed(string algorithm)
    {
        Dictionary<string, object?> claims = TokenMaker.Claims(_time.Start);
        foreach (string keys in new[] { "keys.pem", "secret" })
        {
            await RefusedAsync(TokenMaker.Make(TokenMaker.Header(algorithm, null), claims, _ => []), "The token is not valid.", keys);
            await RefusedAsync(TokenMaker.Sign(claims, Secret, algorithm), "The token is not valid.", keys);
        }
    }

    [Fact]
    public async Task An_algorithm_of_the_same_key_that_is_not_on_the_list_is_refused()
    {
        Dictionary<string, object?> claims = TokenMaker.Claims(_time.Start);

        await RefusedAsync(
            TokenMaker.Make(TokenMaker.Header("RS512", null), claims, data => Rsa.SignData(data, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)), "The token is not valid.");
        await RefusedAsync(TokenMaker.Make(TokenMaker.Header("HS512", null), claims, data => HMACSHA512.HashData(Secret, data)), "The token is not valid.", "secret");
    }

    [Fact]
    public async Task A_key_that_the_token_brings_along_is_not_used()
    {
        RSAParameters parameters = OtherRsa.ExportParameters(false);
        Dictionary<string, object?> header = TokenMaker.Header("RS256", "../../../../dev/null");
        header["jwk"] = new { kty = "RSA", n = Base64Url.EncodeToString(parameters.Modulus), e = Base64Url.EncodeToString(parameters.Exponent) };
        header["jku"] = "http://127.0.0.1:1/keys";
        header["x5u"] = "http://127.0.0.1:1/certificate";

        string token = TokenMaker.Make(header, TokenMaker.Claims(_time.Start), data => OtherRsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

        await RefusedAsync(token, "The token is not valid.");
    }

    [Theory]
    [InlineData("exp", -61, "The token has expired.")]
    [InlineData("exp", -60, "The token has expired.")]
    [InlineData("exp", -59, null)]
    [InlineData("nbf", 61, "The token is not valid yet.")]
    [InlineData("nbf", 60, null)]
    public async Task Times_count_with_a_minute_of_tolerance(string claim, int seconds, string? message)
    {
        string token = TokenMaker.Sign(With(claim, _time.Start.AddSeconds(seconds).ToUnixTimeSeconds()), Rsa);

        await ExpectAsync(token, message);
    }

    [Theory]
    [InlineData("exp", null)]
    [InlineData("exp", "soon")]
    [InlineData("exp", 0)]
    [InlineData("exp", -1)]
    [InlineData("exp", 1e300)]
    [InlineData("exp", true)]
    [InlineData("nbf", "later")]
    [InlineData("tasks", "build-1")]
    [InlineData("tasks", null)]
    public async Task Claims_that_make_no_sense_are_refused(string claim, object? value) =>
        await RefusedAsync(TokenMaker.Sign(With(claim, value), Rsa), "The token is not valid.");

    [Fact]
    public async Task A_token_without_end_is_refused()
    {
        Dictionary<string, object?> claims = TokenMaker.Claims(_time.Start);
        claims.Remove("exp");

        await RefusedAsync(TokenMaker.Sign(claims, Rsa), "The token is not valid.");
    }

    [Theory]
    [InlineData("iss", "https://other.example", "The token's issuer is not the one that this server trusts.")]
    [InlineData("iss", "https://issuer.example/", "The token's issuer is not the one that this server trusts.")]
    [InlineData("iss", null, "The token's issuer is not the one that this server trusts.")]
    [InlineData("aud", "other", "The token is for another audience.")]
    [InlineData("aud", null, "The token is for another audience.")]
    public async Task Issuer_and_audience_must_be_ours(string claim, string? value, string message)
    {
        Dictionary<string, object?> claims = With(claim, value);
        if (value is null)
        {
            claims.Remove(claim);
        }

        await RefusedAsync(TokenMaker.Sign(claims, Rsa), message);
    }

    [Fact]
    public async Task Of_a_token_that_nobody_signed_nothing_is_told()
    {
        Dictionary<string, object?> claims = With("iss", "https://other.example");
        claims["exp"] = 1;

        await RefusedAsync(TokenMaker.Sign(claims, OtherRsa), "The token is not valid.");
    }

    [Fact]
    public async Task One_of_several_audiences_is_enough()
    {
        Principal principal = await AuthenticateAsync(TokenMaker.Sign(With("aud", new[] { "other", "flatnetd" }), Rsa));

        Assert.Equal(Scopes.LogsRead, principal.Scopes);
    }

    [Fact]
    public async Task Scopes_are_a_text_or_an_array_and_unknown_ones_give_nothing()
    {
        Dictionary<string, object?> array = With("scope", new object[] { "logs:write", "root", 7 });

        Assert.Equal(Scopes.LogsWrite, (await AuthenticateAsync(TokenMaker.Sign(array, Rsa))).Scopes);
        Assert.Equal(Scopes.None, (await AuthenticateAsync(TokenMaker.Sign(With("scope", "ADMIN logs:* openid"), Rsa))).Scopes);
        Assert.Equal(Scopes.None, (await AuthenticateAsync(TokenMaker.Sign(With("scope", 31), Rsa))).Scopes);
    }

    [Fact]
    public async Task Roles_count_where_the_configuration_says_so()
    {
        string token = TokenMaker.Sign(With("realm_access", new { roles = new[] { "logs:delete", "offline_access" } }), Rsa);

        Assert.Equal(Scopes.LogsRead, (await AuthenticateAsync(token)).Scopes);
        Assert.Equal(Scopes.LogsRead | Scopes.LogsDelete, (await AuthenticateAsync(token, roles: "realm_access.roles")).Scopes);
        Assert.Equal(Scopes.LogsRead, (await AuthenticateAsync(token, roles: "scope.roles")).Scopes);
    }

    [Fact]
    public async Task A_token_may_be_for_some_tasks_alone()
    {
        Principal principal = await AuthenticateAsync(TokenMaker.Sign(With("tasks", new[] { "build-1", "deploy-*" }), Rsa));

        Assert.Equal([true, false, true, false], new[] { "build-1", "build-10", "deploy-9", "other" }.Select(principal.AllowsTask));
    }

    [Fact]
    public async Task A_token_for_no_task_is_for_none()
    {
        Principal principal = await AuthenticateAsync(TokenMaker.Sign(With("tasks", Array.Empty<string>()), Rsa));

        Assert.False(principal.AllowsTask("build-1"));
    }

    [Fact]
    public async Task A_subject_cannot_break_a_line_of_the_log()
    {
        Principal principal = await AuthenticateAsync(TokenMaker.Sign(With("sub", "ada\nadmin logged in"), Rsa));

        Assert.Equal("jwt:https://issuer.example#unnamed", principal.Id);
    }

    [Fact]
    public async Task Every_truncated_token_is_refused()
    {
        string token = TokenMaker.Sign(TokenMaker.Claims(_time.Start), Ec);
        for (int length = 0; length < token.Length; length++)
        {
            await RefusedAsync(token[..length], "The token is not valid.");
        }
    }

    [Fact]
    public void Mutated_tokens_are_refused_and_nothing_else_happens()
    {
        string token = TokenMaker.Sign(TokenMaker.Claims(_time.Start), Ec);
        // The last character of base64url carries bits that do not count.
        Gen<string> mutated = from at in Gen.Choose(0, token.Length - 2)
                              from with in Gen.Elements('\0', '.', 'A', 'z', '=', ' ', 'é', '"')
                              where token[at] != with
                              select token[..at] + with + token[(at + 1)..];

        Prop.ForAll(mutated.ToArbitrary(), text =>
        {
            ApiException error = Assert.ThrowsAsync<ApiException>(() => AuthenticateAsync(text)).GetAwaiter().GetResult();
            return error.Status == 401;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Theory]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n", "openssl pkey")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "neither RSA nor EC")]
    [InlineData("-----BEGIN PUBLIC KEY-----\n", "no complete PEM block")]
    public void A_key_file_that_cannot_be_used_says_why(string content, string reason)
    {
        string path = _directory.PathOf("bad");
        File.WriteAllText(path, content);

        HostingException error = Assert.Throws<HostingException>(() => KeyFile.Load(path));

        Assert.Contains(path, error.Message);
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void Weak_keys_are_refused()
    {
        using var rsa = RSA.Create(1024);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        string path = _directory.PathOf("weak");
        foreach (string content in new[] { rsa.ExportSubjectPublicKeyInfoPem(), ec.ExportSubjectPublicKeyInfoPem(), "thirty-one bytes are not enough" })
        {
            OwnerOnlyFile.Replace(path, Encoding.ASCII.GetBytes(content));

            Assert.Throws<HostingException>(() => KeyFile.Load(path));
        }
    }

    [Fact]
    public void A_secret_that_others_may_read_is_refused()
    {
        File.SetUnixFileMode(_directory.PathOf("secret"), UnixFileMode.UserRead | UnixFileMode.OtherRead);

        HostingException error = Assert.Throws<HostingException>(() => KeyFile.Load(_directory.PathOf("secret")));

        Assert.Contains("chmod 600", error.Message);
    }

    private Dictionary<string, object?> With(string claim, object? value)
    {
        Dictionary<string, object?> claims = TokenMaker.Claims(_time.Start);
        claims[claim] = value;
        return claims;
    }

    private async Task<Principal> AuthenticateAsync(string token, string keys = "keys.pem", string? roles = null)
    {
        var options = new JwtOptions { Issuer = TokenMaker.Issuer, Audience = TokenMaker.Audience, RolesClaim = roles };
        var authenticator = new JwtAuthenticator(options, KeyFile.Load(_directory.PathOf(keys)), _time);
        return await authenticator.AuthenticateAsync(TokenChecker.TryRead(token) ?? throw AuthErrors.Invalid(), CancellationToken.None);
    }

    private async Task ExpectAsync(string token, string? message)
    {
        if (message is null)
        {
            Assert.Equal(Scopes.LogsRead, (await AuthenticateAsync(token)).Scopes);
        }
        else
        {
            await RefusedAsync(token, message);
        }
    }

    private async Task RefusedAsync(string token, string message, string keys = "keys.pem")
    {
        ApiException error = await Assert.ThrowsAsync<ApiException>(() => AuthenticateAsync(token, keys));
        Assert.Equal((401, "UNAUTHORIZED", message), (error.Status, error.Code, error.Message));
    }
}
