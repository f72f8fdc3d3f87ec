using Flatnet.Logs;

namespace Flatnet.Server.Tests.Ingest;

/// <summary>Lines for tests.</summary>
internal static class Sample
{
    public static LogEntry Line(string message, string? stream = null, long sequence = 0) => new()
    {
        Timestamp = 1_700_000_000_000_000_000,
        Source = LogSource.Stdout,
        Level = LogLevel.Info,
        Message = message,
        StreamId = stream,
        Sequence = sequence,
    };

    /// <summary>Lines of a stream from one sequence to another.</summary>
    public static LogEntry[] Stream(string stream, long from, long to) =>
        [.. Enumerable.Range((int)from, (int)(to - from + 1)).Select(number => Line($"{stream} {number}", stream, number))];
}
