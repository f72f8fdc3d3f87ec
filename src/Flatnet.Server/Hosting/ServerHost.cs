using Flatnet.Server.Errors;
using Flatnet.Server.Health;
using Flatnet.Server.Telemetry;

namespace Flatnet.Server.Hosting;

/// <summary>Puts the server together: the one place that knows every feature.</summary>
internal static class ServerHost
{
    /// <summary>The server, not started.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="replace">Puts other services in the place of the real ones (in tests).</param>
    /// <exception cref="HostingException">It cannot be set up as configured.</exception>
    public static WebApplication Build(ServerOptions options, Action<IServiceCollection>? replace = null)
    {
        Exposure.Check(options.Http, hasCredentials: false);

        // Empty: no configuration but ours, whatever files and variables of the framework lie around.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddLog(options.Logging);
        builder.WebHost.UseHttp(options.Http);

        IServiceCollection services = builder.Services;
        services.AddRouting();
        services.AddSingleton(TimeProvider.System);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Http.ShutdownTimeout);
        services.AddSystemd();
        services.AddHealth();
        replace?.Invoke(services);

        WebApplication app = builder.Build();
        app.UseMiddleware<ErrorMiddleware>();
        app.UseRouting();
        app.MapHealth();
        return app;
    }
}
