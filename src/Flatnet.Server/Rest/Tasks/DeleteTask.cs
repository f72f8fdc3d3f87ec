using Flatnet.Server.Auth;
using Flatnet.Server.Ingest;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Rest.Tasks;

/// <summary><c>DELETE /tasks/{taskId}</c>: the task and all its lines.</summary>
internal static class DeleteTask
{
    public static async Task HandleAsync(HttpContext context, string taskId, ILogStore store, ILogWriter writer)
    {
        context.RequireTask(Scopes.LogsDelete, taskId);
        await store.RequireTaskAsync(taskId, context.RequestAborted);
        // Through the writer first: the viewers are told that the lines are gone.
        await writer.DeleteLinesAsync(taskId, null, CancellationToken.None);
        await store.DeleteTaskAsync(taskId, CancellationToken.None);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
