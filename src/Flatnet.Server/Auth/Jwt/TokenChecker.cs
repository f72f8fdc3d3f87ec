using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Flatnet.Server.Auth.Jwt;

/// <summary>Checks a token's signature, issuer, audience and time, in this order: nothing is told about a token that nobody signed.</summary>
internal sealed class TokenChecker(string issuer, string audience, TimeProvider time)
{
    /// <summary>The longest token.</summary>
    public const int MaxLength = 16 * 1024;

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxLength };

    /// <summary>Takes a token apart without believing it; null if it is none.</summary>
    public static JsonWebToken? TryRead(string token)
    {
        try
        {
            return new JsonWebToken(token);
        }
        catch (Exception error) when (error is ArgumentException or SecurityTokenException or JsonException)
        {
            return null;
        }
    }

    /// <summary>What a good token says.</summary>
    /// <exception cref="Errors.ApiException">It is not good: 401.</exception>
    public async Task<CheckedToken> CheckAsync(JsonWebToken token, ImmutableArray<SecurityKey> keys)
    {
        TokenValidationResult result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeys = keys,
            AlgorithmValidator = static (algorithm, key, _, _) => key is not null && Algorithms.For(key) == algorithm,
            ValidIssuer = issuer,
            ValidAudience = audience,
            // Below: the library knows no clock but the machine's.
            ValidateLifetime = false,
        });
        if (!result.IsValid)
        {
            throw result.Exception switch
            {
                SecurityTokenInvalidIssuerException => AuthErrors.WrongIssuer(),
                SecurityTokenInvalidAudienceException => AuthErrors.WrongAudience(),
                _ => AuthErrors.Invalid(),
            };
        }

        JsonElement claims = ClaimsOf(token);
        return new CheckedToken(claims, CheckTime(claims));
    }

    // The library's own reading of claims depends on what it takes their types for.
    private static JsonElement ClaimsOf(JsonWebToken token)
    {
        try
        {
            return JsonElement.Parse(Base64Url.DecodeFromChars(token.EncodedPayload), new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            throw AuthErrors.Invalid();
        }
    }

    private DateTimeOffset CheckTime(JsonElement claims)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset expires = TimeOf(claims, JwtRegisteredClaimNames.Exp) ?? throw AuthErrors.Invalid();
        if (expires + Skew <= now)
        {
            throw AuthErrors.Expired();
        }

        return TimeOf(claims, JwtRegisteredClaimNames.Nbf) is { } begins && begins - Skew > now ? throw AuthErrors.NotYetValid() : expires;
    }

    // Seconds since 1970, fractions allowed (RFC 7519, NumericDate). What is out of the calendar, or no number, is no time.
    private static DateTimeOffset? TimeOf(JsonElement claims, string claim)
    {
        if (!claims.TryGetProperty(claim, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.GetDouble() is var seconds and > 0 and < 250_000_000_000
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : throw AuthErrors.Invalid();
    }
}
