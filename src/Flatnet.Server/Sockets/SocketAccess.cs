using Flatnet.Logs.Wire;
using Flatnet.Server.Auth;
using Flatnet.Server.Errors;

namespace Flatnet.Server.Sockets;

/// <summary>What an asker may do on a connection.</summary>
internal static class SocketAccess
{
    /// <summary>Whether the asker has any business at an address.</summary>
    /// <exception cref="ApiException">None: 403.</exception>
    public static void Check(Principal principal, SocketRoute route)
    {
        bool isUseful = principal.Allows(Scopes.LogsRead) || (principal.Allows(Scopes.LogsWrite) && !route.IsStatusChannel);
        Require(principal, isUseful ? Scopes.None : Scopes.LogsRead, route.TaskId);
    }

    /// <exception cref="ApiException">The asker may not do it: 403.</exception>
    public static void Require(Principal principal, Scopes scopes, string? taskId)
    {
        if (!principal.Allows(scopes))
        {
            throw new ApiException(403, ErrorCode.Forbidden, $"The token lacks a scope that this needs: {ScopeNames.Text(scopes & ~principal.Scopes)}.");
        }

        if (taskId is not null && !principal.AllowsTask(taskId))
        {
            throw new ApiException(403, ErrorCode.Forbidden, $"The token is not for the task '{taskId}'.");
        }
    }
}
