using Flatnet.Server.Rest.Description;

namespace Flatnet.Server.Health;

/// <summary>The feature: is the server alive, and may work be sent to it.</summary>
internal static class HealthSetup
{
    private static readonly string[] Methods = ["GET", "HEAD"];

    public static IServiceCollection AddHealth(this IServiceCollection services) => services.AddSingleton<Readiness>();

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/health", Methods, HealthEndpoints.HealthAsync).ExcludeFromDescription();
        routes.MapMethods("/ready", Methods, HealthEndpoints.ReadyAsync).ExcludeFromDescription();
        routes.MapGet("/api/v1/health", (Delegate)HealthEndpoints.HealthAsync).Describe("Health", "The process answers.", ["application/json"], []).Returns(Shapes.Health);
        routes.MapGet("/api/v1/ready", HealthEndpoints.ReadyAsync).Describe("Readiness", "Work may be sent here; otherwise 503.", ["application/json"], []).Returns(Shapes.Health);
    }
}
