namespace Flatnet.Server.Health;

/// <summary>The feature: is the server alive, and may work be sent to it.</summary>
internal static class HealthSetup
{
    public static IServiceCollection AddHealth(this IServiceCollection services) => services.AddSingleton<Readiness>();

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", HealthEndpoint.Handle);
    }
}
