using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Flatnet.Agent.Tests.Support;

/// <summary>
/// A log server as agents see it, on loopback: it speaks the protocol, keeps what it acknowledges, and misbehaves where a test says how.
/// </summary>
internal sealed class LogServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, StoredStream> _streams = new();

    private LogServer(WebApplication application) => _application = application;

    public Uri Url { get; private set; } = null!;

    /// <summary>Sees each request first; an answer other than null is given instead of the usual one.</summary>
    public Func<HttpContext, IResult?> Intercept { get; set; } = static _ => null;

    /// <summary>Sees each message of an agent first; true means it was dealt with.</summary>
    public Func<Connection, string, Task<bool>> OnMessage { get; set; } = static (_, _) => Task.FromResult(false);

    /// <summary>Which lines a posted batch has that will never be taken.</summary>
    public Func<JsonElement, bool> Rejects { get; set; } = static _ => false;

    /// <summary>What was asked, method and path, and the upgrades, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>How tasks were said to stand, <c>task STATUS exitCode</c>.</summary>
    public ConcurrentQueue<string> Statuses { get; } = new();

    /// <summary>The lines of each frame, in order.</summary>
    public ConcurrentQueue<int> Frames { get; } = new();

    /// <summary>The script that tasks are given.</summary>
    public string Script { get; set; } = """{"script":{"executeScript":"exit 0"},"environment":{}}""";

    public StoredStream Stream(string taskId, string streamId) => _streams.GetOrAdd(taskId + "/" + streamId, static _ => new StoredStream());

    /// <summary>All streams of a task.</summary>
    public IEnumerable<StoredStream> Streams(string taskId) =>
        _streams.Where(stream => stream.Key.StartsWith(taskId + "/", StringComparison.Ordinal)).Select(static stream => stream.Value);

    public static async Task<LogServer> StartAsync(int port = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, static listen => listen.Protocols = HttpProtocols.Http1));
        builder.Services.AddRouting();
        WebApplication application = builder.Build();
        var server = new LogServer(application);
        application.UseWebSockets();
        application.Use(server.InterceptAsync);
        application.Map("/ws/tasks/{task}", server.AcceptAsync);
        application.MapPost("/api/v1/tasks/{task}/logs", server.PostAsync);
        application.MapGet("/api/v1/tasks/{task}/streams/{stream}", (string task, string stream) =>
            Results.Content($$"""{"streamId":"{{stream}}","lastSequence":{{server.Stream(task, stream).LastSequence}}}""", "application/json"));
        application.MapPut("/api/v1/tasks/{task}/status", server.PutStatusAsync);
        application.MapGet("/api/v1/tasks/{task}/script", () => Results.Content(server.Script, "application/json"));
        application.MapGet("/health", () => Results.Content("""{"status":"UP"}""", "application/json"));
        await application.StartAsync();
        server.Url = new Uri(application.Urls.Single());
        return server;
    }

    /// <summary>The body of an error, as the protocol says.</summary>
    public static IResult Error(int status, string code) =>
        Results.Content($$$"""{"error":{"code":"{{{code}}}","message":"no","status":{{{status}}},"details":{}},"meta":{"version":"1.0.0"}}""", "application/json", Encoding.UTF8, status);

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        try
        {
            await _application.StopAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // Connections that are still open are cut.
        }

        await _application.DisposeAsync();
    }

    private async Task InterceptAsync(HttpContext context, RequestDelegate next)
    {
        Requests.Enqueue($"{(context.WebSockets.IsWebSocketRequest ? "WS" : context.Request.Method)} {context.Request.Path}");
        if (Intercept(context) is { } answer)
        {
            await answer.ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private async Task AcceptAsync(HttpContext context, string task)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        var connection = new Connection(this, task, socket, context);
        await connection.RunAsync();
    }

    private async Task<IResult> PostAsync(HttpContext context, string task)
    {
        using var reader = new StreamReader(context.Request.Body);
        string[] lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var rejected = new List<string>();
        for (int i = 0; i < lines.Length; i++)
        {
            using JsonDocument document = JsonDocument.Parse(lines[i]);
            JsonElement entry = document.RootElement;
            if (Rejects(entry))
            {
                rejected.Add($$"""{"index":{{i}},"code":"VALIDATION_ERROR","message":"never"}""");
            }
            else if (entry.TryGetProperty("streamId", out JsonElement stream))
            {
                Stream(task, stream.GetString()!).Take(entry);
            }
            else
            {
                Requests.Enqueue("LINE " + lines[i]);
            }
        }

        return Results.Content($$"""{"accepted":{{lines.Length - rejected.Count}},"duplicates":0,"rejected":[{{string.Join(',', rejected)}}],"lastSeq":0}""", "application/json");
    }

    private async Task<IResult> PutStatusAsync(HttpContext context, string task)
    {
        using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body);
        Statuses.Enqueue(Describe(task, body.RootElement));
        return Results.Content("{}", "application/json");
    }

    private static string Describe(string task, JsonElement status) =>
        $"{task} {status.GetProperty("status").GetString()} {(status.TryGetProperty("exitCode", out JsonElement code) ? code.ToString() : "")}".TrimEnd();

    /// <summary>One agent's WebSocket.</summary>
    internal sealed class Connection(LogServer server, string task, WebSocket socket, HttpContext context)
    {
        private bool _isClosed;

        public string Task => task;

        public Task SendAsync(string message) =>
            socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, CancellationToken.None);

        /// <summary>Closes; what is on its way already is not looked at any more.</summary>
        public Task CloseAsync(int code, string? reason = null)
        {
            _isClosed = true;
            return socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, CancellationToken.None);
        }

        public void Cut() => context.Abort();

        public async Task RunAsync()
        {
            byte[] buffer = new byte[2 * 1024 * 1024];
            try
            {
                while (true)
                {
                    int length = 0;
                    ValueWebSocketReceiveResult part;
                    do
                    {
                        part = await socket.ReceiveAsync(buffer.AsMemory(length), context.RequestAborted);
                        length += part.Count;
                    }
                    while (!part.EndOfMessage);

                    if (part.MessageType == WebSocketMessageType.Close)
                    {
                        return;
                    }

                    string message = Encoding.UTF8.GetString(buffer, 0, length);
                    if (!_isClosed && !await server.OnMessage(this, message))
                    {
                        await HandleAsync(message);
                    }
                }
            }
            catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException)
            {
                // Cut, by whichever side.
            }
        }

        /// <summary>What a well-behaved server does with a message.</summary>
        public async Task HandleAsync(string message)
        {
            using JsonDocument document = JsonDocument.Parse(message);
            JsonElement root = document.RootElement;
            switch (root.GetProperty("type").GetString())
            {
                case "resume":
                    await AcknowledgeAsync(root.GetProperty("streamId").GetString()!);
                    break;
                case "logs":
                    Take(root);
                    await AcknowledgeAsync(root.GetProperty("streamId").GetString()!);
                    break;
                case "status":
                    server.Statuses.Enqueue(Describe(task, root));
                    break;
                case "ping":
                    await SendAsync($$"""{"type":"pong","timestamp":"{{root.GetProperty("timestamp").GetString()}}"}""");
                    break;
            }
        }

        /// <summary>Keeps a frame's lines without a word.</summary>
        public void Take(JsonElement frame)
        {
            JsonElement entries = frame.GetProperty("entries");
            StoredStream stream = server.Stream(task, frame.GetProperty("streamId").GetString()!);
            server.Frames.Enqueue(entries.GetArrayLength());
            foreach (JsonElement entry in entries.EnumerateArray())
            {
                stream.Take(entry);
            }
        }

        private Task AcknowledgeAsync(string streamId) =>
            SendAsync($$"""{"type":"ack","streamId":"{{streamId}}","sequence":{{server.Stream(task, streamId).LastSequence}},"durable":true}""");
    }
}
