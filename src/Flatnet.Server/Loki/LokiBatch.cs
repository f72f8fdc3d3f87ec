using System.Collections.Immutable;
using System.Globalization;
using Flatnet.Logs;
using Flatnet.Loki;

namespace Flatnet.Server.Loki;

/// <summary>A task's lines as Loki wants them: few streams, and what belongs to a line alone beside the line.</summary>
internal static class LokiBatch
{
    public static ImmutableArray<LokiPushLines> Create(string taskId, IEnumerable<LogEntry> entries, ImmutableDictionary<string, string> labels) =>
    [
        .. entries.GroupBy(static entry => entry.Source).Select(group => new LokiPushLines(
            labels.SetItem("source", group.Key.Name()), [.. group.Select(entry => Line(taskId, entry))])),
    ];

    private static LokiPushEntry Line(string taskId, LogEntry entry)
    {
        ImmutableDictionary<string, string>.Builder metadata = ImmutableDictionary.CreateBuilder<string, string>();
        metadata.Add("task_id", taskId);
        metadata.Add("seq", entry.Seq.ToString(CultureInfo.InvariantCulture));
        metadata.Add("level", entry.Level.Name());
        if (entry.StreamId is { } stream)
        {
            metadata.Add("stream_id", stream);
        }

        return new LokiPushEntry(entry.Timestamp, entry.Message, metadata.ToImmutable());
    }
}
