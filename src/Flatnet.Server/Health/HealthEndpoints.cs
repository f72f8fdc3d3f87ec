using Flatnet.Logs.Wire;
using Flatnet.Server.Errors;
using Flatnet.Server.Rest;

namespace Flatnet.Server.Health;

/// <summary><c>GET /health</c>: the process answers. <c>GET /ready</c>: work may be sent to it. Both for everybody, so they tell nothing else.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan ComeBack = TimeSpan.FromSeconds(5);

    public static Task HealthAsync(HttpContext context) =>
        JsonReply.WriteAsync(context, "healthy", (writer, status) => writer.WriteString("status"u8, status));

    public static async Task ReadyAsync(HttpContext context, Readiness readiness)
    {
        if (await readiness.FindObstacleAsync(context.RequestAborted) is { } obstacle)
        {
            throw new ApiException(503, ErrorCode.NotReady, obstacle) { RetryAfter = ComeBack };
        }

        await JsonReply.WriteAsync(context, "ready", (writer, status) => writer.WriteString("status"u8, status));
    }
}
