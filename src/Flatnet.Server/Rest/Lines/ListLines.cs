using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Flatnet.Logs;
using Flatnet.Logs.Wire;
using Flatnet.Server.Auth;
using Flatnet.Server.Errors;
using Flatnet.Server.Rest.Query;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Rest.Lines;

/// <summary><c>GET /tasks/{taskId}/logs</c>: a part of a task's lines.</summary>
internal static class ListLines
{
    public static readonly ImmutableArray<Parameter> Accepted =
    [
        .. Parameters.Filter, Parameters.From, Parameters.To, Parameters.Order, Parameters.Page, Parameters.Size,
        Parameters.AfterSeq, Parameters.BeforeSeq, Parameters.Limit, Parameters.Tail, Parameters.MaxSeq,
    ];

    public static async Task HandleAsync(HttpContext context, string taskId, ILogStore store)
    {
        context.RequireTask(Scopes.LogsRead, taskId);
        QueryReader parameters = QueryReader.Of(context);
        LogFilter filter = FilterReader.Filter(parameters);
        (long? from, long? to) = FilterReader.Range(parameters);
        PageRequest page = PageRequest.Read(parameters);

        TaskRecord task = await store.RequireTaskAsync(taskId, context.RequestAborted);
        CheckCursor(task, page);
        long lastSeq = Math.Min(task.LastSeq, page.MaxSeq ?? long.MaxValue);
        var query = new LogQuery { TaskId = taskId, BeforeSeq = lastSeq + 1, From = from, To = to, Filter = filter };
        long? total = page.Number is null ? null : await store.CountAsync(query, context.RequestAborted);
        List<LogEntry> entries = await ReadAsync(store, page.Narrow(query), context.RequestAborted);

        bool hasMore = entries.Count > page.Size;
        if (hasMore)
        {
            entries.RemoveAt(page.Size);
        }

        if (page.ReadsBackwards != page.IsDescending)
        {
            entries.Reverse();
        }

        await JsonReply.WriteAsync(context, new Reply(task, lastSeq, entries, page, total, hasMore), Write);
    }

    private static async Task<List<LogEntry>> ReadAsync(ILogStore store, LogQuery query, CancellationToken cancellation)
    {
        var entries = new List<LogEntry>();
        await foreach (LogEntry entry in store.ReadAsync(query, cancellation))
        {
            entries.Add(entry);
        }

        return entries;
    }

    /// <summary>Whoever goes on from a line that is gone must learn that lines between were never seen. Zero is the beginning, wherever that is now.</summary>
    private static void CheckCursor(TaskRecord task, PageRequest page)
    {
        if (page.AfterSeq is > 0 and long after && (after < task.FirstSeq - 1 || after > task.LastSeq))
        {
            string reason = after > task.LastSeq ? $"it is beyond the last one, {task.LastSeq}" : $"lines after it were deleted; the first that is left is {task.FirstSeq}";
            throw new ApiException(410, ErrorCode.CursorExpired, $"Cannot go on after the line {after}: {reason}. Begin again without a cursor.", ImmutableDictionary<string, string>.Empty
                .Add("firstSeq", task.FirstSeq.ToString(CultureInfo.InvariantCulture))
                .Add("lastSeq", task.LastSeq.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static void Write(Utf8JsonWriter writer, Reply reply)
    {
        writer.WriteStartArray("content"u8);
        foreach (LogEntry entry in reply.Entries)
        {
            LogObject.Write(writer, reply.Task.Id, entry);
        }

        writer.WriteEndArray();
        if (reply.Total is { } total)
        {
            writer.WriteNumber("totalElements"u8, total);
            writer.WriteNumber("totalPages"u8, (total + reply.Page.Size - 1) / reply.Page.Size);
            writer.WriteNumber("number"u8, reply.Page.Number!.Value);
        }

        writer.WriteNumber("size"u8, reply.Page.Size);
        writer.WriteNumber("firstSeq"u8, reply.Task.FirstSeq);
        writer.WriteNumber("lastSeq"u8, reply.LastSeq);
        writer.WriteBoolean("hasMore"u8, reply.HasMore);
    }

    private sealed record Reply(TaskRecord Task, long LastSeq, IReadOnlyList<LogEntry> Entries, PageRequest Page, long? Total, bool HasMore);
}
