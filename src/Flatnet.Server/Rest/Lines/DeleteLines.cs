using Flatnet.Server.Auth;
using Flatnet.Server.Ingest;
using Flatnet.Server.Rest.Query;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Rest.Lines;

/// <summary><c>DELETE /tasks/{taskId}/logs</c>: deletes a task's lines, all or those up to a time.</summary>
internal static class DeleteLines
{
    public static async Task HandleAsync(HttpContext context, string taskId, ILogStore store, ILogWriter writer)
    {
        context.RequireTask(Scopes.LogsDelete, taskId);
        long? upTo = QueryReader.Of(context).Time(Parameters.DeleteBefore);
        await store.RequireTaskAsync(taskId, context.RequestAborted);
        (long count, _) = await writer.DeleteLinesAsync(taskId, upTo, CancellationToken.None);
        await JsonReply.WriteAsync(context, count, (reply, deleted) =>
        {
            reply.WriteNumber("deletedCount"u8, deleted);
            reply.WriteString("message"u8, $"{deleted} lines of the task '{taskId}' were deleted.");
        });
    }
}
