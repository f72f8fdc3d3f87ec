namespace Flatnet.Server.Sockets;

/// <summary>The WebSockets' part in the composition. Needs a store, a writer, the live hub, an authenticator and limits.</summary>
internal static class SocketServices
{
    public static IServiceCollection AddSockets(this IServiceCollection services, SocketOptions options) => services
        .AddSingleton(options)
        .AddSingleton<SocketRegistry>()
        .AddSingleton<SocketContext>()
        .AddHostedService<SocketSweep>();
}
