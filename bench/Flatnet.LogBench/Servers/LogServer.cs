using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Flatnet.LogBench.Servers;

/// <summary>A published <c>flatnetd</c> on a free loopback port, with its data in a directory of its own, ended with the object.</summary>
internal sealed class LogServer : IDisposable
{
    public const string Token = "bench-admin-token-0123456789abcdef";

    /// <summary>The counter of the store's commits.</summary>
    public const string CommitsMetric = "flatnet_ingest_commits_total";

    /// <summary>Without limits for agents and viewers: what is measured is the server.</summary>
    public static readonly (string Name, string Value)[] NoLimits = [];

    private readonly Process _process;

    private LogServer(Process process, Uri address)
    {
        _process = process;
        Address = address;
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public static async Task<LogServer> StartAsync(string program, string dataDirectory, params (string Name, string Value)[] settings)
    {
        int port = FreePort();
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("serve");
        start.Environment["FLATNET_SERVER_LISTEN"] = $"127.0.0.1:{port}";
        start.Environment["FLATNET_DATA_DIR"] = dataDirectory;
        start.Environment["FLATNET_ADMIN_TOKEN"] = Token;
        foreach ((string name, string value) in settings)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start) ?? throw new BenchException($"{program} did not start");
        var errors = new System.Collections.Concurrent.ConcurrentQueue<string>();
        process.ErrorDataReceived += (_, line) => errors.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var server = new LogServer(process, new Uri($"http://127.0.0.1:{port}"));
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(20))
        {
            if (process.HasExited || waited.Elapsed > TimeSpan.FromSeconds(30))
            {
                server.Dispose();
                throw new BenchException($"{program} did not become ready: {string.Join('\n', errors)}");
            }

            try
            {
                using HttpResponseMessage ready = await server.Client.GetAsync("/ready");
                if (ready.IsSuccessStatusCode)
                {
                    server.ReadyAfter = waited.Elapsed;
                    return server;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
    }

    /// <summary>From the start of the process to its first answer that it is ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Memory in use, in bytes (VmRSS).</summary>
    public long Memory()
    {
        string line = File.ReadLines($"/proc/{_process.Id}/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6, line.Length - 8).Trim(), CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>The sum of a counter in <c>/metrics</c> over all its labels.</summary>
    public async Task<double> MetricAsync(string name)
    {
        string text = await Client.GetStringAsync("/metrics");
        return text.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] is ' ' or '{')
            .Sum(line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
