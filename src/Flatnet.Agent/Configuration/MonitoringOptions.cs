using System.Collections.Immutable;

namespace Flatnet.Agent.Configuration;

/// <summary>What can be seen of the agent from outside.</summary>
internal sealed record MonitoringOptions
{
    /// <summary>Whether <c>/metrics</c> and <c>/health</c> are served.</summary>
    public required bool IsServed { get; init; }

    /// <summary>On 127.0.0.1; 0 for a free one.</summary>
    public required int Port { get; init; }

    /// <summary>Which of <c>logCount</c>, <c>errorRate</c>, <c>latency</c> and <c>memoryUsage</c> are reported.</summary>
    public required ImmutableArray<string> Metrics { get; init; }
}
