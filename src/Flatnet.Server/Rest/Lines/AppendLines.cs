using System.Text.Json;
using Flatnet.Logs;
using Flatnet.Logs.Times;
using Flatnet.Server.Auth;
using Flatnet.Server.Hosting;
using Flatnet.Server.Ingest;
using Flatnet.Server.Limits;
using Flatnet.Server.Rest.Bodies;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Rest.Lines;

/// <summary><c>POST /tasks/{taskId}/logs</c>: appends lines. Who gets an answer need not send them again.</summary>
internal static class AppendLines
{
    /// <summary>The longest that a sender who is too fast waits for an answer.</summary>
    private static readonly TimeSpan LongestBrake = TimeSpan.FromSeconds(10);

    public static async Task HandleAsync(
        HttpContext context, string taskId, ILogStore store, ILogWriter writer, LineLimiter limiter, HttpOptions http, RestOptions rest, TimeProvider time)
    {
        context.RequireTask(Scopes.LogsWrite, taskId);
        LogBatch batch = await LogBody.ReadAsync(context, taskId, http.MaxBodySize, Rfc3339.Now(time));
        TaskRecord? task = rest.AutoCreate && batch.Entries.Count > 0 ? null : await store.FindTaskAsync(taskId, context.RequestAborted);
        if (task is null && !rest.AutoCreate)
        {
            throw Errors.Refusal.NoTask(taskId);
        }

        // Not cancelled with the request: what is on its way to the disk is published as well.
        AppendResult result = batch.Entries.Count > 0
            ? await writer.WriteAsync(taskId, batch.Entries, CancellationToken.None)
            : new AppendResult([], 0, task?.LastSeq ?? 0);
        await BrakeAsync(limiter.Charge(taskId, batch.Entries.Count), time, context.RequestAborted);
        await (batch.IsSingle
            ? JsonReply.WriteAsync(context, (taskId, batch, result), WriteSingle)
            : JsonReply.WriteAsync(context, (batch, result), WriteBatch));
    }

    private static Task BrakeAsync(TimeSpan wait, TimeProvider time, CancellationToken cancellation) =>
        wait > TimeSpan.Zero ? Task.Delay(wait < LongestBrake ? wait : LongestBrake, time, cancellation) : Task.CompletedTask;

    // A line that was there already has a number that the store does not tell.
    private static void WriteSingle(Utf8JsonWriter writer, (string TaskId, LogBatch Batch, AppendResult Result) reply)
    {
        LogEntry? stored = reply.Result.Stored.Count > 0 ? reply.Result.Stored[0] : null;
        writer.WriteString("id"u8, stored is null ? null : LogObject.IdOf(reply.TaskId, stored.Seq));
        writer.WriteString("taskId"u8, reply.TaskId);
        writer.WriteString("timestamp"u8, Rfc3339.Format((stored ?? reply.Batch.Entries[0]).Timestamp));
        writer.WriteBoolean("success"u8, true);
        if (stored is null)
        {
            // Otherwise a filter of the server's left it out.
            writer.WriteBoolean(reply.Result.Duplicates > 0 ? "duplicate"u8 : "dropped"u8, true);
        }
    }

    private static void WriteBatch(Utf8JsonWriter writer, (LogBatch Batch, AppendResult Result) reply)
    {
        writer.WriteNumber("accepted"u8, reply.Result.Stored.Count);
        writer.WriteNumber("duplicates"u8, reply.Result.Duplicates);
        writer.WriteStartArray("rejected"u8);
        foreach (RejectedEntry entry in reply.Batch.Rejected)
        {
            writer.WriteStartObject();
            writer.WriteNumber("index"u8, entry.Index);
            writer.WriteString("code"u8, entry.Code);
            writer.WriteString("message"u8, entry.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("lastSeq"u8, reply.Result.LastSeq);
    }
}
