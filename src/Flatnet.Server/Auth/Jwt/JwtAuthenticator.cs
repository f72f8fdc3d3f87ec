using System.Collections.Immutable;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Flatnet.Server.Auth.Jwt;

/// <summary>Knows the tokens of the configured issuer.</summary>
internal sealed class JwtAuthenticator(JwtOptions options, IKeySource keys, TimeProvider time)
{
    private const int LongestSubject = 128;

    private readonly TokenChecker _checker = new(options.Issuer, options.Audience, time);

    /// <exception cref="Errors.ApiException">401; 503 while there are no keys.</exception>
    public async Task<Principal> AuthenticateAsync(JsonWebToken token, CancellationToken cancellation)
    {
        string? keyId = string.IsNullOrEmpty(token.Kid) ? null : token.Kid;
        CheckedToken good = await _checker.CheckAsync(token, await keys.FindAsync(keyId, cancellation));
        try
        {
            ImmutableArray<string>? tasks = TokenClaims.TasksOf(good);
            return new Principal(IdOf(good), TokenClaims.ScopesOf(good, options.RolesClaim), tasks, good.ExpiresAt);
        }
        catch (FormatException)
        {
            throw AuthErrors.Invalid();
        }
    }

    // A subject is the issuer's to choose: it must not break a line of the log.
    private string IdOf(CheckedToken token)
    {
        string subject = token.Text(JwtRegisteredClaimNames.Sub) is { Length: > 0 and <= LongestSubject } text && !text.AsSpan().ContainsAnyInRange('\0', ' ') ? text : "unnamed";
        return $"jwt:{options.Issuer}#{subject}";
    }
}
