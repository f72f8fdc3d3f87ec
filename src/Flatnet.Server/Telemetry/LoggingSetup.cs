using Microsoft.Extensions.Logging.Console;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Flatnet.Server.Telemetry;

/// <summary>Sends the log to standard error.</summary>
internal static class LoggingSetup
{
    public static void AddLog(this ILoggingBuilder logging, LoggingOptions options)
    {
        logging.SetMinimumLevel(options.Level);
        // The framework tells of each request with its query string at the level Information.
        logging.AddFilter("Microsoft.AspNetCore", Max(options.Level, LogLevel.Warning));
        // While it may log, the host keeps an activity and a scope for each request: much, where ten thousand of them stay open.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.AddFilter("Microsoft.Hosting.Lifetime", Max(options.Level, LogLevel.Warning));
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (options.Json)
        {
            logging.AddJsonConsole(format => (format.UseUtcTimestamp, format.TimestampFormat) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
        }
        else
        {
            logging.AddSimpleConsole(format => (format.SingleLine, format.UseUtcTimestamp, format.TimestampFormat) = (true, true, "yyyy-MM-ddTHH:mm:ss.fffZ "));
        }
    }

    private static LogLevel Max(LogLevel one, LogLevel other) => one > other ? one : other;
}
