using Flatnet.Server.Auth;
using Flatnet.Server.Errors;
using Flatnet.Server.Health;
using Flatnet.Server.Ingest;
using Flatnet.Server.Limits;
using Flatnet.Server.Live;
using Flatnet.Server.Loki;
using Flatnet.Server.Page;
using Flatnet.Server.Rest;
using Flatnet.Server.Retention;
using Flatnet.Server.Sockets;
using Flatnet.Server.Storage;
using Flatnet.Server.Telemetry;

namespace Flatnet.Server.Hosting;

/// <summary>Puts the server together: the one place that knows every feature.</summary>
internal static class ServerHost
{
    /// <summary>The server, not started.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="replace">Puts other services in the place of the real ones (in tests).</param>
    /// <exception cref="HostingException">It cannot be set up as configured.</exception>
    /// <exception cref="IOException">The data directory, or a file in it, cannot be used.</exception>
    public static WebApplication Build(ServerOptions options, Action<IServiceCollection>? replace = null)
    {
        Exposure.Check(options.Http, options.Auth.IsConfigured);
        DataDirectory.Create(options.DataDirectory);

        // Empty: no configuration but ours, whatever files and variables of the framework lie around.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddLog(options.Logging);
        builder.WebHost.UseHttp(options.Http);
        AddFeatures(builder.Services, options);
        replace?.Invoke(builder.Services);

        WebApplication app = builder.Build();
        app.UseConnectionGate();
        app.UseMiddleware<ErrorMiddleware>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseRouting();
        app.UseCors();
        app.UseAuth();
        app.UseLimits();
        app.UseWebSockets();
        app.MapHealth();
        app.MapTelemetry(options.Telemetry);
        app.MapAuth();
        app.MapRest();
        app.MapSockets();
        app.MapPage();
        return app;
    }

    private static void AddFeatures(IServiceCollection services, ServerOptions options)
    {
        services.AddRouting();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(options.Http);
        services.AddSingleton(new ConnectionGate(DescriptorLimit.ConnectionsOfProcess, options.Http.MaxConnections));
        services.AddCrossOrigin(options.Http.AllowedOrigins);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Http.ShutdownTimeout);
        services.AddSystemd();
        services.AddLogStore(options.Storage);
        // The store is open before anything that uses it starts: services start in this order, and the web server last.
        services.AddHostedService<StoreOpening>();
        services.AddHealth();
        services.AddTelemetry(options.Telemetry);
        services.AddAuth(options.Auth);
        services.AddLimits(options.Limits);
        services.AddLive(options.Live);
        services.AddIngest(options.Ingest);
        services.AddRetention(options.Retention, options.Storage.Provider == StoreProvider.Sqlite ? Path.GetDirectoryName(options.Storage.Path) : null);
        services.AddLokiSink(options.Loki, options.DataDirectory);
        services.AddRest(options.Rest);
        services.AddSockets(options.Sockets);
    }
}
