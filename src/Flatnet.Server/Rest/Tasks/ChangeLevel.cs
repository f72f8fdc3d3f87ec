using System.Text.Json;
using Flatnet.Logs;
using Flatnet.Logs.Wire;
using Flatnet.Server.Auth;
using Flatnet.Server.Errors;
using Flatnet.Server.Sockets;

namespace Flatnet.Server.Rest.Tasks;

/// <summary>
/// <c>PUT /tasks/{taskId}/level</c>: from which level on the agents that run the task now stream its lines. It is theirs until they
/// end, and is not stored; the answer says how many were told.
/// </summary>
internal static class ChangeLevel
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task HandleAsync(HttpContext context, string taskId, SocketRegistry sockets)
    {
        context.RequireTask(Scopes.TasksWrite, taskId);
        LevelChange change = await TaskBody.ReadAsync(context, TaskJson.Default.LevelChange);
        if (!LogLevelNames.TryParse(change.Level, out Logs.LogLevel level))
        {
            throw Refusal.Member("level", "'level' must be TRACE, DEBUG, INFO, WARN, ERROR or FATAL.");
        }

        byte[] message = JsonSerializer.SerializeToUtf8Bytes(new ConfigMessage(level.Name()), WireJson.Default.ConfigMessage);
        int agents = await sockets.TellAgentsAsync(taskId, message, Patience);
        await JsonReply.WriteAsync(context, (taskId, level, agents), static (writer, told) =>
        {
            writer.WriteString("taskId", told.taskId);
            writer.WriteString("level", told.level.Name());
            writer.WriteNumber("agents", told.agents);
        });
    }
}
