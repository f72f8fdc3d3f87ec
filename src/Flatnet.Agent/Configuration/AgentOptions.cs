using Flatnet.Agent.Spool;
using Flatnet.Logs.Redaction;

namespace Flatnet.Agent.Configuration;

/// <summary>The whole configuration, checked: from flags, environment, file and defaults, in this order.</summary>
internal sealed record AgentOptions
{
    public required StreamingOptions Streaming { get; init; }

    public required SocketOptions Socket { get; init; }

    public required ApiOptions Api { get; init; }

    public required AuthOptions Auth { get; init; }

    public required TlsOptions Tls { get; init; }

    /// <summary>What is masked in lines, and which are left out.</summary>
    public required LogFilter Filter { get; init; }

    public required SpoolOptions Spool { get; init; }

    public required TaskOptions Task { get; init; }

    public required LoggingOptions Logging { get; init; }

    public required MonitoringOptions Monitoring { get; init; }
}
