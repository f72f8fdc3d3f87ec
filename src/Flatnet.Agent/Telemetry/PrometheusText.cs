using System.Globalization;
using System.Text;
using Flatnet.Logs;

namespace Flatnet.Agent.Telemetry;

/// <summary>The metrics in Prometheus' text format. Never a task's ID as a label: there is no end of them.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly (string Name, Action<StringBuilder, AgentMetrics> Write)[] Optional =
    [
        ("logCount", LogCount), ("latency", Latency), ("memoryUsage", MemoryUsage), ("errorRate", ErrorRate),
    ];

    private static readonly LogSource[] Sources = Enum.GetValues<LogSource>();

    /// <param name="metrics">What was counted.</param>
    /// <param name="wanted">Which of <c>logCount</c>, <c>latency</c>, <c>memoryUsage</c> and <c>errorRate</c>; the state of delivery always.</param>
    public static string Write(AgentMetrics metrics, IReadOnlyCollection<string> wanted)
    {
        var text = new StringBuilder();
        foreach ((string name, Action<StringBuilder, AgentMetrics> write) in Optional)
        {
            if (wanted.Contains(name))
            {
                write(text, metrics);
            }
        }

        Single(text, "keruta_spool_bytes", "gauge", "Bytes that wait in the spool.", metrics.SpoolBytes());
        Single(text, "keruta_spool_oldest_seconds", "gauge", "How long the oldest of them has waited.", metrics.SpoolAge().TotalSeconds);
        Single(text, "keruta_reconnects_total", "counter", "Connections that broke or failed.", metrics.Reconnects);
        Single(text, "keruta_lines_dropped_total", "counter", "Lines given up: refused by the server for good, or pushed out of a full spool.", metrics.Dropped);
        Single(text, "keruta_ws_connected", "gauge", "1 while a WebSocket to the server is open.", metrics.IsConnected ? 1 : 0);
        Single(text, "keruta_ack_lag_seconds", "gauge", "How long the oldest frame has waited for its acknowledgement.", metrics.AckLag().TotalSeconds);
        return text.ToString();
    }

    private static void LogCount(StringBuilder text, AgentMetrics metrics)
    {
        const string Name = "keruta_logs_total";
        Begin(text, Name, "counter", "Lines read from tasks, whether streamed or not.");
        foreach (LogSource source in Sources)
        {
            foreach (LogLevel level in Enum.GetValues<LogLevel>())
            {
                Sample(text, Name, $"source=\"{source.Name()}\",level=\"{level.Name()}\"", metrics.Lines(source, level));
            }
        }
    }

    private static void MemoryUsage(StringBuilder text, AgentMetrics metrics)
    {
        const string Name = "keruta_buffer_size";
        Begin(text, Name, "gauge", "What waits in memory: lines before the spool, bytes sent and not acknowledged.");
        Sample(text, Name, "type=\"queue_lines\"", metrics.QueuedLines());
        Sample(text, Name, "type=\"in_flight_bytes\"", metrics.InFlightBytes);
    }

    private static void ErrorRate(StringBuilder text, AgentMetrics metrics)
    {
        const string Name = "keruta_errors_total";
        Begin(text, Name, "counter", "Errors, by where they happened.");
        foreach (AgentError kind in Enum.GetValues<AgentError>())
        {
            Sample(text, Name, $"type=\"{NameOf(kind)}\"", metrics.Errors(kind));
        }
    }

    private static void Latency(StringBuilder text, AgentMetrics metrics)
    {
        const string Name = "keruta_log_latency_seconds";
        Begin(text, Name, "histogram", "From reading a line to the server's word that it is durable, of the first line of each batch.");
        foreach (LogSource source in Sources)
        {
            long count = 0;
            for (int bucket = 0; bucket <= AgentMetrics.LatencyBounds.Length; bucket++)
            {
                count += metrics.Latencies(source, bucket);
                string bound = bucket < AgentMetrics.LatencyBounds.Length ? AgentMetrics.LatencyBounds[bucket].ToString(CultureInfo.InvariantCulture) : "+Inf";
                Sample(text, Name + "_bucket", $"source=\"{source.Name()}\",le=\"{bound}\"", count);
            }

            Sample(text, Name + "_sum", $"source=\"{source.Name()}\"", metrics.LatencySum(source).TotalSeconds);
            Sample(text, Name + "_count", $"source=\"{source.Name()}\"", count);
        }
    }

    private static string NameOf(AgentError kind) => kind switch
    {
        AgentError.Socket => "websocket",
        AgentError.Api => "api",
        AgentError.Spool => "spool",
        _ => "rejected",
    };

    private static void Single(StringBuilder text, string name, string type, string help, double value)
    {
        Begin(text, name, type, help);
        text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
    }

    private static void Begin(StringBuilder text, string name, string type, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private static void Sample(StringBuilder text, string name, string labels, double value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name}{{{labels}}} {value}\n");
}
