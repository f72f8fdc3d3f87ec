using System.Collections.Immutable;
using Flatnet.Settings;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Flatnet.Server.Telemetry;

/// <summary>The server's own log, on standard error.</summary>
internal sealed record LoggingOptions
{
    public static readonly ImmutableArray<SettingKey> Keys =
    [
        new("logging.level", SettingKind.Text, "INFO", "The least level of the server's own log.") { Variables = ["FLATNET_LOGGING_LEVEL"], Choices = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "NONE"] },
        new("logging.format", SettingKind.Text, "json", "The form of the server's own log.") { Variables = ["FLATNET_LOGGING_FORMAT"], Choices = ["json", "text"] },
    ];

    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>One JSON object a line; false for text.</summary>
    public bool Json { get; init; } = true;

    public static LoggingOptions From(SettingValues values) => new()
    {
        Level = values.Text("logging.level") switch
        {
            "TRACE" => LogLevel.Trace,
            "DEBUG" => LogLevel.Debug,
            "WARN" => LogLevel.Warning,
            "ERROR" => LogLevel.Error,
            "NONE" => LogLevel.None,
            _ => LogLevel.Information,
        },
        Json = values.Text("logging.format") == "json",
    };
}
