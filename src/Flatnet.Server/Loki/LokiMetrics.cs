using System.Diagnostics.Metrics;
using Flatnet.Server.Telemetry;

namespace Flatnet.Server.Loki;

/// <summary>What the sink counts.</summary>
internal static class LokiMetrics
{
    public static readonly Counter<long> Lines = ServerMeter.Instance.CreateCounter<long>("flatnet.loki.lines", "{line}", "Lines that Loki took.");

    public static readonly Counter<long> RefusedLines =
        ServerMeter.Instance.CreateCounter<long>("flatnet.loki.refused_lines", "{line}", "Lines that Loki refused for good.");

    public static readonly Counter<long> Failures =
        ServerMeter.Instance.CreateCounter<long>("flatnet.loki.failures", "{failure}", "Attempts that Loki did not take, and that are made again.");

    public static readonly Gauge<int> WaitingTasks =
        ServerMeter.Instance.CreateGauge<int>("flatnet.loki.waiting_tasks", "{task}", "Tasks with lines that are still to be sent to Loki.");
}
