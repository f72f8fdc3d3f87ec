using System.Net;
using Flatnet.Server.Auth;
using Flatnet.Server.Auth.Origins;
using Flatnet.Server.Errors;
using Flatnet.Server.Ingest;
using Flatnet.Server.Limits;
using Flatnet.Server.Live;
using Flatnet.Server.Retention;
using Flatnet.Server.Sockets;
using Flatnet.Server.Storage;
using Flatnet.Server.Tests.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Flatnet.Server.Tests.Sockets;

/// <summary>The WebSockets on a real Kestrel, with a store in memory.</summary>
internal sealed class SocketServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SocketServer(WebApplication app) => _app = app;

    public MemoryStore Store => (MemoryStore)_app.Services.GetRequiredService<ILogStore>();

    public TestAuthenticator Tokens => (TestAuthenticator)_app.Services.GetRequiredService<IAuthenticator>();

    public ILogWriter Writer => _app.Services.GetRequiredService<ILogWriter>();

    public LiveHub Live => _app.Services.GetRequiredService<LiveHub>();

    public SocketRegistry Registry => _app.Services.GetRequiredService<SocketRegistry>();

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<SocketServer> StartAsync(SocketOptions? options = null, LimitOptions? limits = null, LiveOptions? live = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting().AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ILogStore, MemoryStore>();
        builder.Services.AddSingleton<IAuthenticator, TestAuthenticator>();
        builder.Services.AddSingleton(new OriginPolicy(["https://logs.example"]));
        builder.Services.AddSingleton<StorageGate>();
        builder.Services.AddLimits(limits ?? new() { ConnectsPerMinute = 0 });
        builder.Services.AddIngest(new());
        builder.Services.AddLive(live ?? new());
        builder.Services.AddSockets((options ?? new()) with { SweepInterval = TimeSpan.FromMilliseconds(20) });
        WebApplication app = builder.Build();
        app.UseMiddleware<ErrorMiddleware>();
        app.UseWebSockets();
        app.UseRouting();
        app.UseLimits();
        app.MapSockets();
        await app.StartAsync();
        return new SocketServer(app);
    }

    /// <summary>Connects, with a token in a header if one is given.</summary>
    public Task<SocketClient> ConnectAsync(string path, string? token = null, string? origin = null)
    {
        var headers = new List<(string, string)>();
        if (token is not null)
        {
            headers.Add(("Authorization", $"Bearer {token}"));
        }

        if (origin is not null)
        {
            headers.Add(("Origin", origin));
        }

        return SocketClient.ConnectAsync(new UriBuilder(Address) { Scheme = "ws", Path = path }.Uri, headers);
    }

    /// <summary>Writes lines of the task <c>t</c>.</summary>
    public Task<AppendResult> WriteAsync(params string[] messages) => Writer.WriteAsync("t", [.. messages.Select(message => Sample.Line(message))], default);

    public Task StopAsync() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
