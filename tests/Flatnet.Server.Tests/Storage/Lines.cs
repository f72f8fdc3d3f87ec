using Flatnet.Logs;
using Flatnet.Server.Storage;
using LogLevel = Flatnet.Logs.LogLevel;

namespace Flatnet.Server.Tests.Storage;

/// <summary>Lines for tests, and shorthands of the store.</summary>
internal static class Lines
{
    /// <summary>A round time in the past, in nanoseconds.</summary>
    public const long Then = 1_795_204_222_405_000_000;

    public static LogEntry Line(
        string message = "text",
        LogSource source = LogSource.Stdout,
        LogLevel level = LogLevel.Info,
        long at = 0,
        string? stream = null,
        long sequence = 0) => new()
        {
            Timestamp = Then + at,
            Source = source,
            Level = level,
            Message = message,
            StreamId = stream,
            Sequence = sequence,
        };

    /// <summary>Lines "line FIRST" to "line LAST", each a nanosecond after the one before.</summary>
    public static LogEntry[] Numbered(int first, int last) => [.. Enumerable.Range(first, last - first + 1).Select(static number => Line($"line {number}", at: number))];

    public static async Task<AppendResult> AppendAsync(this ILogStore store, string task, params LogEntry[] lines) =>
        (await store.AppendAsync([new TaskAppend(task, lines, Then)], CancellationToken.None))[0];

    public static async Task<List<LogEntry>> ReadAllAsync(this ILogStore store, LogQuery query)
    {
        var lines = new List<LogEntry>();
        await foreach (LogEntry line in store.ReadAsync(query, CancellationToken.None))
        {
            lines.Add(line);
        }

        return lines;
    }

    public static Task<List<LogEntry>> ReadAllAsync(this ILogStore store, string task) => store.ReadAllAsync(new LogQuery { TaskId = task });

    public static async Task<List<string>> ReadTextsAsync(this ILogStore store, LogQuery query) =>
        (await store.ReadAllAsync(query)).ConvertAll(static line => line.Message);

    public static async Task<List<(string Task, string Message)>> FindAllAsync(this ILogStore store, LogQuery query)
    {
        var lines = new List<(string, string)>();
        await foreach ((string task, LogEntry line) in store.SearchAsync(query, CancellationToken.None))
        {
            lines.Add((task, line.Message));
        }

        return lines;
    }

    public static async Task<TaskRecord> TaskAsync(this ILogStore store, string task) =>
        await store.FindTaskAsync(task, CancellationToken.None) ?? throw new Xunit.Sdk.XunitException($"There is no task {task}.");
}
