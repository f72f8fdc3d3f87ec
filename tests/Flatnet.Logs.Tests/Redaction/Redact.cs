using Flatnet.Logs.Redaction;

namespace Flatnet.Logs.Tests.Redaction;

/// <summary>Lines through a redactor.</summary>
internal static class Redact
{
    public static LogFilter Default { get; } = new(new LogFilterOptions());

    public static LogEntry Entry(string message, LogSource source = LogSource.Stdout) =>
        new() { Timestamp = 1, Source = source, Level = LogLevel.Info, Message = message };

    public static string? Line(string message, LogFilterOptions? options = null) => Lines([message], options)[0];

    public static List<string?> Lines(IEnumerable<string> messages, LogFilterOptions? options = null) =>
        Lines(messages, options is null ? Default : new LogFilter(options));

    public static List<string?> Lines(IEnumerable<string> messages, LogFilter filter)
    {
        var redactor = new LineRedactor(filter);
        return [.. messages.Select(message => redactor.Redact(Entry(message))?.Message)];
    }
}
