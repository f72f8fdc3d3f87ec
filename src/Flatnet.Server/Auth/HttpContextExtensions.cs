using Flatnet.Logs.Wire;
using Flatnet.Server.Errors;

namespace Flatnet.Server.Auth;

/// <summary>Asks a request who made it.</summary>
internal static class HttpContextExtensions
{
    private static readonly object PrincipalKey = new();
    private static readonly object FailureKey = new();

    public static void SetPrincipal(this HttpContext context, Principal principal) => context.Items[PrincipalKey] = principal;

    public static Principal? FindPrincipal(this HttpContext context) => context.Items[PrincipalKey] as Principal;

    /// <summary>Keeps why the request's credential was refused, for the endpoints that need one: the others serve it all the same.</summary>
    public static void SetAuthFailure(this HttpContext context, ApiException failure) => context.Items[FailureKey] = failure;

    public static ApiException? FindAuthFailure(this HttpContext context) => context.Items[FailureKey] as ApiException;

    /// <summary>The asker, who may do this, on this task if one is named.</summary>
    /// <exception cref="ApiException">401 without an asker; 403 if it is not allowed.</exception>
    public static Principal Require(this HttpContext context, Scopes scopes, string? taskId = null)
    {
        Principal principal = context.FindPrincipal()
            ?? throw context.FindAuthFailure()
            ?? new ApiException(401, ErrorCode.Unauthorized, "A token is needed: send it as 'Authorization: Bearer …' or 'X-API-Key: …'.");
        if (!principal.Allows(scopes))
        {
            throw new ApiException(403, ErrorCode.Forbidden, $"The token lacks a scope that this needs: {ScopeNames.Text(scopes & ~principal.Scopes)}.");
        }

        return taskId is null || principal.AllowsTask(taskId)
            ? principal
            : throw new ApiException(403, ErrorCode.Forbidden, $"The token is not for the task '{taskId}'.");
    }
}
