using Flatnet.Server.Errors;

namespace Flatnet.Server.Auth;

/// <summary>Finds out who asks. A refused credential is reported by the endpoints that need one; the live page, the health check and the
/// login answer a browser with a stale cookie as well.</summary>
internal sealed class AuthMiddleware(RequestDelegate next, IAuthenticator authenticator)
{
    private const string Challenge = "Bearer";
    private const string InvalidToken = "Bearer error=\"invalid_token\"";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            if (await authenticator.AuthenticateAsync(context.Request, context.RequestAborted) is { } principal)
            {
                context.SetPrincipal(principal);
            }
        }
        catch (ApiException refused)
        {
            context.SetAuthFailure(refused);
        }

        if (context.FindPrincipal() is null)
        {
            context.Response.OnStarting(static state => Tell((HttpContext)state), context);
        }

        await next(context);
    }

    // RFC 6750, section 3: no error code for those who sent nothing.
    private static Task Tell(HttpContext context)
    {
        if (context.Response.StatusCode == 401)
        {
            context.Response.Headers.WWWAuthenticate = context.FindAuthFailure() is null ? Challenge : InvalidToken;
        }

        return Task.CompletedTask;
    }
}
