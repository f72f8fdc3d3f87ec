using Flatnet.Logs.Wire;
using Flatnet.Server.Errors;

namespace Flatnet.Server.Auth;

/// <summary>Refused credentials, as their owner is told: enough to mend an honest mistake, nothing that helps to guess.</summary>
internal static class AuthErrors
{
    public static ApiException Invalid() => Refused("The token is not valid.");

    public static ApiException Expired() => Refused("The token has expired.");

    public static ApiException NotYetValid() => Refused("The token is not valid yet.");

    public static ApiException WrongIssuer() => Refused("The token's issuer is not the one that this server trusts.");

    public static ApiException WrongAudience() => Refused("The token is for another audience.");

    public static ApiException TooLong() => Refused("The token is longer than 16 KiB.");

    public static ApiException Scheme() => Refused("The header Authorization must be 'Bearer TOKEN'.");

    public static ApiException Login() => Refused("The user name or the password is wrong.");

    public static ApiException Refresh() => Refused("The refresh token is not valid (any more): log in again.");

    public static ApiException Origin() =>
        new(403, ErrorCode.Forbidden, "The request comes from a web page of another origin. Allow it with server.allowedOrigins.");

    public static ApiException IssuerSilent() =>
        new(503, ErrorCode.NotReady, "The token cannot be checked: its issuer gives no keys at the moment.") { RetryAfter = TimeSpan.FromSeconds(10) };

    private static ApiException Refused(string message) => new(401, ErrorCode.Unauthorized, message);
}
