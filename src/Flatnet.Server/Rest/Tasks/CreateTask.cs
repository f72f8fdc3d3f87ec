using System.Text.Json;
using Flatnet.Logs;
using Flatnet.Logs.Times;
using Flatnet.Server.Auth;
using Flatnet.Server.Errors;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Rest.Tasks;

/// <summary><c>POST /tasks</c>: makes a task before it runs, with its script. One that is there gets the new script and keeps its lines.</summary>
internal static class CreateTask
{
    public static async Task HandleAsync(HttpContext context, ILogStore store, TimeProvider time)
    {
        context.Require(Scopes.TasksWrite);
        NewTask wanted = await TaskBody.ReadAsync(context, TaskJson.Default.NewTask);
        string id = wanted.Id ?? Guid.CreateVersion7().ToString();
        if (!TaskId.IsValid(id))
        {
            throw TaskAccess.InvalidId(id, "id");
        }

        context.Require(Scopes.TasksWrite, id);
        var change = new TaskChange { At = Rfc3339.Now(time), Retention = Retention(wanted), Script = Script(wanted) };
        (TaskRecord task, bool isNew) = await store.SaveTaskAsync(id, change, CancellationToken.None);
        if (isNew)
        {
            context.Response.Headers.Location = $"/api/v1/tasks/{Uri.EscapeDataString(id)}";
        }

        await JsonReply.WriteAsync(context, task, TaskObject.WriteMembers, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static TimeSpan? Retention(NewTask wanted)
    {
        if (wanted.Retention is null)
        {
            return null;
        }

        return DurationText.TryParse(wanted.Retention, out TimeSpan retention) && retention > TimeSpan.Zero
            ? retention
            : throw Refusal.Member("retention", "'retention' must be a length of time such as 30d or 12h.");
    }

    private static string? Script(NewTask wanted)
    {
        if (wanted.Script is not { } script)
        {
            return wanted.Environment is null ? null : throw Refusal.Member("environment", "'environment' needs a 'script' that gets it.");
        }

        ScriptParts parts = script.ValueKind switch
        {
            JsonValueKind.String => new ScriptParts(ExecuteScript: script.GetString()),
            JsonValueKind.Object => Parts(script),
            _ => throw InvalidScript(),
        };
        var document = new TaskScript(parts, wanted.Environment ?? []);
        return JsonSerializer.Serialize(document, TaskJson.Default.TaskScript);
    }

    private static ScriptParts Parts(JsonElement script)
    {
        try
        {
            return script.Deserialize(TaskJson.Default.ScriptParts)!;
        }
        catch (JsonException)
        {
            throw InvalidScript();
        }
    }

    private static ApiException InvalidScript() =>
        Refusal.Member("script", "'script' must be a text, or an object with installScript, executeScript and cleanupScript.");
}
