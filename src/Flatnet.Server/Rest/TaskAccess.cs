using Flatnet.Logs;
using Flatnet.Server.Auth;
using Flatnet.Server.Errors;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Rest;

/// <summary>What every endpoint of a task asks first.</summary>
internal static class TaskAccess
{
    /// <summary>That the asker may do it, and that the ID can be one.</summary>
    /// <exception cref="ApiException">401, 403 or 400.</exception>
    public static Principal RequireTask(this HttpContext context, Scopes scopes, string taskId)
    {
        Principal principal = context.Require(scopes, taskId);
        return TaskId.IsValid(taskId) ? principal : throw InvalidId(taskId, "taskId");
    }

    public static ApiException InvalidId(string taskId, string name) =>
        Refusal.Parameter(name, $"'{taskId}' cannot be a task's ID: use 1 to {TaskId.MaxLength} letters, digits and . _ - :, and not 'status'.");

    /// <summary>The task.</summary>
    /// <exception cref="ApiException">404: there is none.</exception>
    public static async Task<TaskRecord> RequireTaskAsync(this ILogStore store, string taskId, CancellationToken cancellation) =>
        await store.FindTaskAsync(taskId, cancellation) ?? throw Refusal.NoTask(taskId);
}
