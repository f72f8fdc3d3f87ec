using Flatnet.Server.Auth.Jwt;
using Flatnet.Server.Auth.Keys;
using Flatnet.Server.Auth.Origins;
using Flatnet.Server.Auth.Requests;
using Flatnet.Server.Auth.Sessions;
using Flatnet.Server.Errors;
using Flatnet.Server.Limits;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Flatnet.Server.Auth;

/// <summary>Knows every kind of credential by its look, and hands it to the one that can check it.</summary>
internal sealed partial class Authenticator(
    AuthState state, KeyAuthenticator keys, SessionAuthenticator sessions, OriginPolicy origins, RateLimits limits, ILogger<Authenticator> logger, JwtAuthenticator? jwt = null)
    : IAuthenticator
{
    private static readonly Principal Administrator = new("admin", Scopes.Admin, null, null);

    public async Task<Principal?> AuthenticateAsync(HttpRequest request, CancellationToken cancellation)
    {
        HttpContext context = request.HttpContext;
        if (context.FindAuthFailure() is { } failure)
        {
            throw failure;
        }

        if (context.FindPrincipal() is { } known)
        {
            return known;
        }

        try
        {
            return await ReadAsync(request, cancellation);
        }
        catch (ApiException refused) when (refused.Status == 401)
        {
            string address = LimitExtensions.AddressOf(context);
            // Who may not fail any more is told so, and is not logged. A good credential is served all the same: behind one address are many.
            limits.Require(RateLimit.Failures, address);
            LogRefused(address, refused.Message);
            throw;
        }
    }

    public async Task<Principal> AuthenticateAsync(string credential, CancellationToken cancellation)
    {
        if (credential.Length > TokenChecker.MaxLength)
        {
            throw AuthErrors.TooLong();
        }

        if (state.IsAdminToken(credential))
        {
            return Administrator;
        }

        if (credential.StartsWith(ApiKey.Prefix, StringComparison.Ordinal))
        {
            return keys.Authenticate(credential);
        }

        JsonWebToken token = TokenChecker.TryRead(credential) ?? throw AuthErrors.Invalid();
        if (token.Issuer == SessionAuthenticator.Issuer)
        {
            return await sessions.AuthenticateAsync(token);
        }

        return jwt is null ? throw AuthErrors.Invalid() : await jwt.AuthenticateAsync(token, cancellation);
    }

    private async Task<Principal?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (Credential.Of(request) is not { } credential)
        {
            return state.IsOpen && OpenAccess.Allows(request) ? OpenAccess.Principal : null;
        }

        Principal principal = await AuthenticateAsync(credential.Text, cancellation);
        return credential.IsCookie && Changes(request) && !origins.Allows(request, hasCookie: true) ? throw AuthErrors.Origin() : principal;
    }

    // A WebSocket begins with a GET, and can do everything afterwards.
    private static bool Changes(HttpRequest request) =>
        request.Headers.ContainsKey("Upgrade") || request.HttpContext.WebSockets.IsWebSocketRequest
        || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method));
}
