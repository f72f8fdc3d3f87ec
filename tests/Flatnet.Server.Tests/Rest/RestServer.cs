using System.Net.Http.Headers;
using System.Text;
using Flatnet.Logs;
using Flatnet.Server.Auth;
using Flatnet.Server.Auth.Keys;
using Flatnet.Server.Hosting;
using Flatnet.Server.Limits;
using Flatnet.Server.Retention;
using Flatnet.Server.Storage;
using Flatnet.Server.Telemetry;
using Flatnet.Server.Tests.Auth;
using Flatnet.Server.Tests.Ingest;
using Flatnet.Server.Tests.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using LogLevel = Flatnet.Logs.LogLevel;

namespace Flatnet.Server.Tests.Rest;

/// <summary>The whole server on a free loopback port, with its lines in memory, and a client that may do everything.</summary>
internal sealed class RestServer : IAsyncDisposable
{
    public const string AdminToken = "an-administrator-for-tests";

    /// <summary>2026-01-01T00:00:00Z; the lines of <see cref="FillAsync"/> are a second apart from here.</summary>
    public const long Start = 1_767_225_600_000_000_000;

    private readonly WebApplication _app;
    private readonly TemporaryDirectory _directory;

    private RestServer(WebApplication app, TemporaryDirectory directory, MemoryStore store)
    {
        (_app, _directory, Store) = (app, directory, store);
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(app.Urls.Single()),
        };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
    }

    public HttpClient Client { get; }

    public MemoryStore Store { get; }

    public static async Task<RestServer> StartAsync(Func<ServerOptions, ServerOptions>? change = null)
    {
        var directory = new TemporaryDirectory();
        var store = new MemoryStore();
        var options = new ServerOptions
        {
            DataDirectory = directory.Location,
            Storage = new StorageOptions { Path = directory.PathOf("logs.db") },
            Http = new HttpOptions { Listen = [new ListenAddress(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0), null)] },
            Auth = new AuthOptions { Directory = directory.Location, AdminToken = AdminToken },
            Limits = new LimitOptions { ReadsPerMinute = 0, FailuresPerMinute = 0, LinesPerSecond = 0 },
            Retention = new RetentionOptions { DiskWatermark = 100 },
            Logging = new LoggingOptions { Level = Microsoft.Extensions.Logging.LogLevel.None },
        };
        WebApplication app = ServerHost.Build(change?.Invoke(options) ?? options, services => services.AddSingleton<ILogStore>(store));
        await app.StartAsync();
        return new RestServer(app, directory, store);
    }

    /// <summary>A key that may do less.</summary>
    public string MakeKey(string scopes, params string[] tasks) => new KeyRegister(_directory.PathOf("keys.json"), TimeProvider.System)
        .Create(Guid.NewGuid().ToString(), new Grant([.. scopes.Split(' ')], tasks.Length > 0 ? [.. tasks] : null), null).Key;

    /// <summary>Lines 1 to count, named after their number, with changing sources and levels.</summary>
    public async Task FillAsync(string taskId, int count) => await Store.AppendAsync(
        [new TaskAppend(taskId, [.. Enumerable.Range(1, count).Select(Line)], Start)], CancellationToken.None);

    public static LogEntry Line(int number) => new()
    {
        Timestamp = Start + ((number - 1) * 1_000_000_000L),
        Source = (LogSource)(1 + (number % 3)),
        Level = (LogLevel)(1 + (number % 6)),
        Message = $"line {number}",
        LineNumber = number,
    };

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, string type = "application/json", string? token = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using HttpResponseMessage response = await Client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, string body, string type = "application/json") => SendAsync(HttpMethod.Post, path, body, type);

    /// <summary>Connects a WebSocket, as the administrator if no header says otherwise.</summary>
    public Task<SocketClient> ConnectAsync(string path, params (string Name, string Value)[] headers) =>
        SocketClient.ConnectAsync(new UriBuilder(Client.BaseAddress!) { Scheme = "ws", Path = path }.Uri, headers.Length > 0 ? headers : [("X-API-Key", AdminToken)]);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _directory.Dispose();
    }
}
