using Flatnet.Logs.Times;
using Flatnet.Server.Auth;
using Flatnet.Server.Errors;
using Flatnet.Server.Ingest;
using Flatnet.Server.Storage;
using TaskStatus = Flatnet.Server.Storage.TaskStatus;

namespace Flatnet.Server.Rest.Tasks;

/// <summary><c>PUT /tasks/{taskId}/status</c>: how a task stands. It holds after all lines that were answered before.</summary>
internal static class ChangeStatus
{
    public static async Task HandleAsync(HttpContext context, string taskId, ILogStore store, ILogWriter writer, RestOptions rest, TimeProvider time)
    {
        context.RequireTask(Scopes.LogsWrite, taskId);
        StatusReport report = await TaskBody.ReadAsync(context, TaskJson.Default.StatusReport);
        if (!TaskStatusNames.TryParse(report.Status, out TaskStatus status))
        {
            throw Refusal.Member("status", "'status' must be PENDING, PROCESSING, WAITING_FOR_INPUT, COMPLETED or FAILED.");
        }

        if (report.ExitCode is not null && !status.IsEnd())
        {
            throw Refusal.Member("exitCode", "Only a task that is COMPLETED or FAILED has an 'exitCode'.");
        }

        if (!rest.AutoCreate)
        {
            await store.RequireTaskAsync(taskId, context.RequestAborted);
        }

        var change = new TaskChange { Status = status, ExitCode = report.ExitCode, At = Rfc3339.Now(time) };
        await JsonReply.WriteAsync(context, await writer.ChangeTaskAsync(taskId, change, CancellationToken.None), TaskObject.WriteMembers);
    }
}
