using System.Collections.Immutable;
using System.Text.Json;
using Flatnet.Logs;
using Flatnet.Server.Auth;
using Flatnet.Server.Rest.Query;
using Flatnet.Server.Storage;
using LogLevel = Flatnet.Logs.LogLevel;

namespace Flatnet.Server.Rest.Lines;

/// <summary><c>GET /tasks/{taskId}/logs/stats</c>: what a task's lines add up to.</summary>
internal static class LineStatistics
{
    public static readonly ImmutableArray<Parameter> Accepted = [Parameters.From, Parameters.To];

    public static async Task HandleAsync(HttpContext context, string taskId, ILogStore store)
    {
        context.RequireTask(Scopes.LogsRead, taskId);
        (long? from, long? to) = FilterReader.Range(QueryReader.Of(context));
        TaskRecord task = await store.RequireTaskAsync(taskId, context.RequestAborted);
        TaskStatistics statistics = from is null && to is null
            ? task.Statistics
            : await AddUpAsync(store, new LogQuery { TaskId = taskId, BeforeSeq = task.LastSeq + 1, From = from, To = to }, context.RequestAborted);
        await JsonReply.WriteAsync(context, (task, statistics), Write);
    }

    private static async Task<TaskStatistics> AddUpAsync(ILogStore store, LogQuery query, CancellationToken cancellation)
    {
        long bytes = 0;
        long[] sources = new long[4];
        long[] levels = new long[7];
        long earliest = long.MaxValue;
        long latest = long.MinValue;
        await foreach (LogEntry entry in store.ReadAsync(query, cancellation))
        {
            bytes += System.Text.Encoding.UTF8.GetByteCount(entry.Message);
            sources[(int)entry.Source]++;
            levels[(int)entry.Level]++;
            earliest = Math.Min(earliest, entry.Timestamp);
            latest = Math.Max(latest, entry.Timestamp);
        }

        long count = sources.Sum();
        return new TaskStatistics(count, bytes, [.. sources], [.. levels], count > 0 ? earliest : null, count > 0 ? latest : null);
    }

    // As with the filter by level, TRACE counts as DEBUG and FATAL as ERROR: the four add up to the total.
    private static void Write(Utf8JsonWriter writer, (TaskRecord Task, TaskStatistics Statistics) reply)
    {
        (TaskRecord task, TaskStatistics statistics) = reply;
        writer.WriteString("taskId"u8, task.Id);
        writer.WriteNumber("totalLogs"u8, statistics.Count);
        writer.WriteStartObject("logCounts"u8);
        foreach (LogSource source in Enum.GetValues<LogSource>())
        {
            writer.WriteNumber(source.Name(), statistics.Sources[(int)source]);
        }

        writer.WriteEndObject();
        ImmutableArray<long> levels = statistics.Levels;
        writer.WriteStartObject("levelCounts"u8);
        writer.WriteNumber("DEBUG"u8, levels[(int)LogLevel.Trace] + levels[(int)LogLevel.Debug]);
        writer.WriteNumber("INFO"u8, levels[(int)LogLevel.Info]);
        writer.WriteNumber("WARN"u8, levels[(int)LogLevel.Warn]);
        writer.WriteNumber("ERROR"u8, levels[(int)LogLevel.Error] + levels[(int)LogLevel.Fatal]);
        writer.WriteEndObject();
        if (statistics.Earliest is null)
        {
            writer.WriteNull("timeRange"u8);
        }
        else
        {
            writer.WriteStartObject("timeRange"u8);
            writer.WriteTime("start", statistics.Earliest);
            writer.WriteTime("end", statistics.Latest);
            writer.WriteEndObject();
        }

        writer.WriteNumber("bytes"u8, statistics.Bytes);
        writer.WriteNumber("lastSeq"u8, task.LastSeq);
        writer.WriteTime("lastUpdated", task.UpdatedAt);
        // Numbers have no gaps: what the task once had and has no longer was deleted.
        writer.WriteNumber("dropped"u8, task.LastSeq - task.Statistics.Count);
    }
}
