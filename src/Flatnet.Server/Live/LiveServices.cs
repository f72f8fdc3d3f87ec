namespace Flatnet.Server.Live;

/// <summary>Fan-out's part in the composition.</summary>
internal static class LiveServices
{
    public static IServiceCollection AddLive(this IServiceCollection services, LiveOptions options) => services
        .AddSingleton(options)
        .AddSingleton<LiveHub>()
        .AddHostedService<OtherServers>();
}
