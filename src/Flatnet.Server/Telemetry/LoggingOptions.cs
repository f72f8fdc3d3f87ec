using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Flatnet.Server.Telemetry;

/// <summary>The server's own log, on standard error.</summary>
internal sealed record LoggingOptions
{
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>One JSON object a line; false for text.</summary>
    public bool Json { get; init; } = true;
}
