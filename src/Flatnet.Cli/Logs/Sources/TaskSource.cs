using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Flatnet.Logs;
using Flatnet.Podman;

namespace Flatnet.Cli.Logs;

/// <summary>A task's lines on the log server.</summary>
/// <param name="logs">The server.</param>
/// <param name="taskId">The task.</param>
internal sealed class TaskSource(TaskLogs logs, string taskId) : ILogSource
{
    // What the server gives of a task's end at once.
    private const int LongestTail = 10_000;

    public LogOrigin Origin { get; } = new("task:" + taskId, "task");

    public string Description => "the log server";

    // Patterns here are expressions of .NET over bytes; the server's search is not the same in every case.
    public bool CanApply(LineFilter filter) => filter.IsEmpty;

    public IEnumerable<long?> Windows(long until) => [null];

    public async IAsyncEnumerable<LogLine> ReadAsync(LineQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        bool hasTail = query is { Tail: <= LongestTail, Since: null, Until: null };
        long afterSeq = query.Since is { } since ? await logs.CursorBeforeAsync(taskId, since, cancellation).ConfigureAwait(false) : 0;
        IAsyncEnumerable<LogEntry> entries = logs.ReadAsync(taskId, hasTail ? query.Tail : null, afterSeq, query.Follow, cancellation);
        if (query.Tail is { } count && !hasTail)
        {
            // Without a number of lines that the server counts by itself, the last ones are found here; then it goes on after them.
            var last = new Queue<LogEntry>();
            await foreach (LogEntry entry in logs.ReadAsync(taskId, null, afterSeq, follow: false, cancellation).ConfigureAwait(false))
            {
                if (IsWanted(entry, query))
                {
                    last.Enqueue(entry);
                    if (last.Count > count)
                    {
                        last.Dequeue();
                    }
                }

                afterSeq = entry.Seq;
            }

            foreach (LogEntry entry in last)
            {
                yield return LineOf(entry);
            }

            if (!query.Follow)
            {
                yield break;
            }

            entries = logs.ReadAsync(taskId, null, afterSeq, follow: true, cancellation);
        }

        await foreach (LogEntry entry in entries.ConfigureAwait(false))
        {
            if (IsWanted(entry, query))
            {
                yield return LineOf(entry);
            }
        }
    }

    private static bool IsWanted(LogEntry entry, LineQuery query) =>
        (query.Since is not { } since || entry.Timestamp >= since) && (query.Until is not { } until || entry.Timestamp < until);

    private LogLine LineOf(LogEntry entry) => new(
        Origin,
        entry.Timestamp,
        entry.Source switch { LogSource.Stdout => LogChannel.Output, LogSource.Stderr => LogChannel.Error, _ => null },
        Encoding.UTF8.GetBytes(entry.Message),
        ImmutableDictionary<string, string>.Empty.Add("level", entry.Level.Name()).Add("source", entry.Source.Name()));
}
