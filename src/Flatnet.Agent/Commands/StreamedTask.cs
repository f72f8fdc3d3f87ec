using Flatnet.Agent.Configuration;
using Flatnet.Agent.Health;
using Flatnet.Agent.Pipeline;
using Flatnet.Agent.Spool;
using Flatnet.Agent.Telemetry;
using Flatnet.Agent.Transport;
using Flatnet.Logs.Times;
using Microsoft.Extensions.Logging;

namespace Flatnet.Agent.Commands;

/// <summary>A task that runs while its lines are sent, and what can be seen of both from outside.</summary>
internal sealed class StreamedTask : IAsyncDisposable
{
    private readonly SpoolStream _stream;
    private readonly AgentOptions _options;
    private readonly CommandServices _services;
    private readonly AgentMetrics _metrics = new();
    private readonly Delivery _delivery;
    private readonly MetricsEndpoint? _endpoint;
    private readonly Lock _lock = new();
    private TaskRun? _run;
    private Flatnet.Logs.LogLevel? _level;

    /// <exception cref="IOException">The port of the metrics cannot be had.</exception>
    public StreamedTask(ServerLink server, SpoolStream stream, IReadOnlyList<SpoolStream> leftovers, AgentOptions options, CommandServices services, ILogger logger)
    {
        _stream = stream;
        _options = options;
        _services = services;
        _metrics.SpoolBytes = () => stream.Bytes;
        _metrics.SpoolAge = () => stream.OldestAge;
        _endpoint = options.Monitoring.IsServed ? new MetricsEndpoint(options.Monitoring.Port, Page) : null;
        _delivery = new Delivery(server, stream, leftovers, options, services.Pace, _metrics, services.Time, logger, ChangeLevel);
    }

    /// <summary>Runs the task, and sends until its last line is delivered or the time for that is over.</summary>
    /// <returns>The task's exit code.</returns>
    /// <exception cref="IOException">The spool cannot be used.</exception>
    public async Task<int> RunAsync(TaskRunOptions options, CancellationToken cancellation)
    {
        TaskOutcome outcome = await Begin(options).RunAsync().ConfigureAwait(false);
        if (!await _delivery.FinishAsync(cancellation).ConfigureAwait(false))
        {
            _services.Error.WriteLine(
                $"flatnet-agent: {_stream.LastSequence - _stream.Acknowledged} lines of task {_stream.TaskId} are not delivered; they wait in {_options.Spool.Directory}. "
                + "The next run sends them, or: flatnet-agent spool flush");
        }

        return outcome.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await _delivery.DisposeAsync().ConfigureAwait(false);
        if (_endpoint is not null)
        {
            await _endpoint.DisposeAsync().ConfigureAwait(false);
        }
    }

    private TaskRun Begin(TaskRunOptions options)
    {
        var run = new TaskRun(options, _stream.Writer, _metrics, Say);
        lock (_lock)
        {
            _run = run;
            if (_level is { } level)
            {
                run.ChangeLevel(level);
            }
        }

        return run;
    }

    // The server may want it before the task begins.
    private void ChangeLevel(Flatnet.Logs.LogLevel level)
    {
        lock (_lock)
        {
            _level = level;
            _run?.ChangeLevel(level);
        }
    }

    // The end goes with the stream, behind its last line.
    private void Say(TaskState state)
    {
        if (state is TaskState.Processing or TaskState.WaitingForInput)
        {
            _delivery.Say(state == TaskState.Processing ? TaskReport.Processing : TaskReport.WaitingForInput);
        }
    }

    private MetricsPage? Page(string path) => path switch
    {
        "/metrics" => new MetricsPage(200, PrometheusText.ContentType, PrometheusText.Write(_metrics, _options.Monitoring.Metrics)),
        "/health" => HealthPage(),
        _ => null,
    };

    private MetricsPage HealthPage()
    {
        var report = HealthReport.Of(Rfc3339.Format(Rfc3339.Now(_services.Time)), new Dictionary<string, HealthCheck>
        {
            ["websocket"] = _metrics.IsConnected ? new HealthCheck(true, "connected")
                : new HealthCheck(false, _options.Socket.Url.ToString(), Error: "not connected; lines wait in the spool or go over REST"),
            ["memory"] = HealthChecks.Memory(),
        });
        return new MetricsPage(report.IsHealthy ? 200 : 503, "application/json", HealthJson.Write(report));
    }
}
