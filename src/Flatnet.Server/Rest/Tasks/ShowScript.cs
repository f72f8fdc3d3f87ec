using Flatnet.Logs.Wire;
using Flatnet.Server.Auth;
using Flatnet.Server.Errors;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Rest.Tasks;

/// <summary><c>GET /tasks/{taskId}/script</c>: what an agent runs for the task.</summary>
internal static class ShowScript
{
    public static async Task HandleAsync(HttpContext context, string taskId, ILogStore store)
    {
        context.RequireTask(Scopes.LogsWrite, taskId);
        TaskRecord task = await store.RequireTaskAsync(taskId, context.RequestAborted);
        string script = task.Script ?? throw new ApiException(404, ErrorCode.ResourceNotFound, $"The task '{taskId}' has no script.");
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(script, context.RequestAborted);
    }
}
