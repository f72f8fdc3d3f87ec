using System.Net.WebSockets;
using Flatnet.Logs;
using Flatnet.Logs.Wire;
using Flatnet.Server.Auth;
using Flatnet.Server.Auth.Origins;
using Flatnet.Server.Errors;
using Flatnet.Server.Limits;

namespace Flatnet.Server.Sockets;

/// <summary>The addresses of WebSockets. What can be refused before the upgrade is: with a status and a body, and cheaply.</summary>
internal static class SocketEndpoints
{
    public static void MapSockets(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/ws/tasks/status", _ => new SocketRoute(null, IsStatusChannel: true));
        Map(routes, "/ws/tasks/{taskId}", OfTask);
        Map(routes, "/ws/agents/{taskId}/logs", OfTask);
        Map(routes, "/ws/ktcp", _ => new SocketRoute(null));
    }

    private static void Map(IEndpointRouteBuilder routes, string pattern, Func<HttpContext, SocketRoute> route) =>
        routes.MapGet(pattern, (HttpContext http, SocketContext context, OriginPolicy origins) => ServeAsync(http, route(http), context, origins))
            .Limit(RateLimit.Connects)
            .ExcludeFromDescription();

    private static SocketRoute OfTask(HttpContext http)
    {
        string taskId = (string)http.GetRouteValue("taskId")!;
        return TaskId.IsValid(taskId)
            ? new SocketRoute(taskId)
            : throw new ApiException(400, ErrorCode.ValidationError, $"'{taskId}' cannot be a task's ID: use 1 to {TaskId.MaxLength} letters, digits and . _ - :");
    }

    private static async Task ServeAsync(HttpContext http, SocketRoute route, SocketContext context, OriginPolicy origins)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.Headers.Upgrade = "websocket";
            throw new ApiException(426, ErrorCode.InvalidInput, "This address speaks WebSocket: send an upgrade request.");
        }

        if (!origins.Allows(http.Request))
        {
            throw new ApiException(403, ErrorCode.Forbidden, "Pages of this origin may not connect. Allow it with server.allowedOrigins.");
        }

        Principal? principal = await context.Authenticator.AuthenticateAsync(http.Request, http.RequestAborted).ConfigureAwait(false);
        if (principal is not null)
        {
            SocketAccess.Check(principal, route);
        }
        else if (!context.Registry.HasRoomForStrangers)
        {
            throw new ApiException(503, ErrorCode.WebSocketConnectionFailed, "Too many connections wait for their credential. Send it as a header, or try again later.")
            {
                RetryAfter = TimeSpan.FromSeconds(5),
            };
        }

        // No keep-alive timer for each socket: the sweep asks in JSON, and sees who is silent.
        var accept = new WebSocketAcceptContext
        {
            KeepAliveInterval = TimeSpan.Zero,
            DangerousEnableCompression = context.Options.Compression && principal?.Allows(Scopes.LogsWrite) == false,
        };
        bool hasRoom = context.Registry.HasRoom;
        using WebSocket socket = await http.WebSockets.AcceptWebSocketAsync(accept).ConfigureAwait(false);
        var connection = new SocketConnection(socket, http, route, context);
        context.Registry.Add(connection);
        await connection.RunAsync(principal, hasRoom).ConfigureAwait(false);
    }
}
