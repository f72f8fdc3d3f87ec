namespace Flatnet.Server.Health;

/// <summary><c>GET /health</c>: the process answers.</summary>
internal static class HealthEndpoint
{
    public static Task Handle(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync("""{"status":"healthy"}""", context.RequestAborted);
    }
}
