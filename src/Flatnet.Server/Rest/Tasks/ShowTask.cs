using Flatnet.Server.Auth;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Rest.Tasks;

/// <summary><c>GET /tasks/{taskId}</c>.</summary>
internal static class ShowTask
{
    public static async Task HandleAsync(HttpContext context, string taskId, ILogStore store)
    {
        context.RequireTask(Scopes.LogsRead, taskId);
        await JsonReply.WriteAsync(context, await store.RequireTaskAsync(taskId, context.RequestAborted), TaskObject.WriteMembers);
    }
}
