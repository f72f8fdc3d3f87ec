using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Flatnet.LogServer.Harness;

/// <summary>A published <c>flatnetd</c> on a free loopback port that it keeps over restarts. Ended with the object.</summary>
public sealed class LogServerProcess : IDisposable
{
    /// <summary>Its administrator's token.</summary>
    public const string Token = "harness-admin-token-0123456789abcdef";

    /// <summary>Settings without limits for one asker, for tests and measurements of everything else.</summary>
    public static readonly (string Name, string Value)[] NoLimits =
    [
        ("FLATNET_LIMITS_READS_PER_MINUTE", "0"),
        ("FLATNET_LIMITS_CONNECTS_PER_MINUTE", "0"),
        ("FLATNET_LIMITS_FRAMES_PER_MINUTE", "0"),
        ("FLATNET_LIMITS_LINES_PER_SECOND", "0"),
        ("FLATNET_WEBSOCKET_MAX_CONNECTIONS_PER_TOKEN", "20000"),
    ];

    private readonly string _program;
    private readonly (string Name, string Value)[] _settings;
    private RunningProgram _running;

    private LogServerProcess(string program, string dataDirectory, (string Name, string Value)[] settings)
    {
        _program = program;
        int port = FreePort();
        Address = new Uri($"http://127.0.0.1:{port}");
        _settings =
        [
            ("FLATNET_SERVER_LISTEN", $"127.0.0.1:{port}"),
            ("FLATNET_DATA_DIR", dataDirectory),
            ("FLATNET_ADMIN_TOKEN", Token),
            .. settings,
        ];
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(5) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        _running = Launch();
    }

    public Uri Address { get; }

    /// <summary>Where viewers and agents connect for a task.</summary>
    public Uri Socket(string taskId) => new UriBuilder(Address) { Scheme = "ws", Path = "/ws/tasks/" + taskId }.Uri;

    /// <summary>A client with the administrator's token.</summary>
    public HttpClient Client { get; }

    /// <summary>The process that runs now.</summary>
    public RunningProgram Process => _running;

    /// <summary>From the last start to the first answer that it is ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    public static async Task<LogServerProcess> StartAsync(string program, string dataDirectory, params (string Name, string Value)[] settings)
    {
        var server = new LogServerProcess(program, dataDirectory, settings);
        try
        {
            await server.WaitUntilReadyAsync();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>SIGKILL, as a crash or the kernel out of memory does it.</summary>
    public Task KillAsync() => _running.KillAsync();

    /// <summary>SIGTERM, and waits for the end.</summary>
    public async Task<int> StopAsync()
    {
        _running.Signal("TERM");
        return await _running.WaitForExitAsync();
    }

    /// <summary>Starts it again at the same address, with the same data.</summary>
    public async Task RestartAsync()
    {
        _running.Dispose();
        _running = Launch();
        await WaitUntilReadyAsync();
    }

    /// <summary>The sum of a counter in <c>/metrics</c> over all its labels.</summary>
    public async Task<double> MetricAsync(string name)
    {
        string text = await Client.GetStringAsync("/metrics");
        return text.Split('\n').Where(line => line.StartsWith(name + " ", StringComparison.Ordinal) || line.StartsWith(name + "{", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(Math.Max(line.LastIndexOf('}'), name.Length - 1) + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        Client.Dispose();
        _running.Dispose();
    }

    private RunningProgram Launch() => RunningProgram.Start(_program, ["serve"], _settings);

    private async Task WaitUntilReadyAsync()
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        await Eventually.TrueAsync(
            async () =>
            {
                if (_running.HasExited)
                {
                    throw new HarnessException($"{_program} ended with {_running.ExitCode}:\n{string.Join('\n', _running.Errors)}");
                }

                try
                {
                    using HttpResponseMessage ready = await Client.GetAsync("/ready");
                    return ready.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    // Not listening yet.
                    return false;
                }
            },
            () => $"{_program} is ready:\n{string.Join('\n', _running.Errors)}");
        ReadyAfter = waited.Elapsed;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
