using Flatnet.Logs;

namespace Flatnet.LogBench.Load;

/// <summary>A task's lines, as its agent reads them: a millisecond after each other, of all sources and levels.</summary>
internal static class AgentLines
{
    public static LogEntry Entry(long start, long number, long sequence) => new()
    {
        Timestamp = start + (sequence * 1_000_000),
        Source = number % 10 == 0 ? LogSource.Stderr : LogSource.Stdout,
        Level = (number % 20) switch { 0 => LogLevel.Error, 1 or 2 => LogLevel.Warn, 3 => LogLevel.Debug, _ => LogLevel.Info },
        Message = SampleLines.Message(number),
        LineNumber = sequence,
        Sequence = sequence,
    };
}
