using Flatnet.Server.Export;
using Flatnet.Server.Limits;
using Flatnet.Server.Rest.Description;
using Flatnet.Server.Rest.Lines;
using Flatnet.Server.Rest.Query;
using Flatnet.Server.Rest.Tasks;

namespace Flatnet.Server.Rest;

/// <summary>The feature: logs and tasks over REST. Every address is in this list.</summary>
internal static class RestEndpoints
{
    private const string Json = "application/json";

    public static IServiceCollection AddRest(this IServiceCollection services, RestOptions options) => services.AddSingleton(options).AddDescription();

    public static void MapRest(this IEndpointRouteBuilder routes)
    {
        routes.MapDescription();
        RouteGroupBuilder api = routes.MapGroup("/api/v1");
        MapLines(api.MapGroup("/tasks/{taskId}/logs"));
        MapTasks(api.MapGroup("/tasks"));
        api.MapGet("/search", SearchLines.HandleAsync)
            .Describe("Search", "Lines of all tasks, newest task first.", [Json, "application/x-ndjson"], SearchLines.Accepted).Returns(Shapes.FoundLogs).Limit(RateLimit.Reads);

        // Addresses of earlier programs.
        MapLines(routes.MapGroup("/api/tasks/{taskId}/logs").ExcludeFromDescription());
        MapLines(routes.MapGroup("/api/tasks/{taskId}/log").ExcludeFromDescription());
        api.MapGet("/execution/{taskId}/logs", TextLines.HandleAsync)
            .Describe("Read", "A task's lines as text.", ["text/plain"], TextLines.Accepted).Limit(RateLimit.Reads);
    }

    private static void MapLines(RouteGroupBuilder lines)
    {
        lines.MapGet("", ListLines.HandleAsync).Describe("List", "A part of a task's lines: a page, what is beside a cursor, or the tail.", [Json], ListLines.Accepted).Returns(Shapes.LogPage).Limit(RateLimit.Reads);
        lines.MapPost("", AppendLines.HandleAsync).Describe("Append", "Appends lines: one object, an array, or an object on each line. The answer means that they are durable.", [Json], [])
            .Returns(Shapes.Appended).Takes("A log entry, or several.", Shapes.LogRequests, Json, "application/x-ndjson");
        lines.MapDelete("", DeleteLines.HandleAsync).Describe("Delete", "Deletes lines; their numbers are not used again.", [Json], [Parameters.DeleteBefore]).Returns(Shapes.Deleted);
        lines.MapGet("/stats", LineStatistics.HandleAsync).Describe("Statistics", "What a task's lines add up to.", [Json], LineStatistics.Accepted).Returns(Shapes.Statistics).Limit(RateLimit.Reads);
        lines.MapGet("/export", ExportEndpoint.HandleAsync)
            .Describe("Export", "A task's lines as a file.", [Json, "application/x-ndjson", "text/csv", "text/plain", "application/gzip"], ExportEndpoint.Accepted).Returns(Shapes.Logs).Limit(RateLimit.Reads);
    }

    private static void MapTasks(RouteGroupBuilder tasks)
    {
        tasks.MapGet("", ListTasks.HandleAsync).Describe("List tasks", "The tasks, the last written to first.", [Json], ListTasks.Accepted).Returns(Shapes.TaskPage).Limit(RateLimit.Reads);
        tasks.MapPost("", CreateTask.HandleAsync).Describe("Create a task", "Makes a task, with the script that an agent runs.", [Json], [])
            .Returns(Shapes.Task, mayCreate: true).Takes("id, script, environment, retention; all optional.", Shapes.NewTask, Json);
        tasks.MapGet("/{taskId}", ShowTask.HandleAsync).Describe("Show a task", "How a task stands.", [Json], []).Returns(Shapes.Task).Limit(RateLimit.Reads);
        tasks.MapDelete("/{taskId}", DeleteTask.HandleAsync).Describe("Delete a task", "Deletes a task with all its lines.", [], []);
        tasks.MapPut("/{taskId}/status", ChangeStatus.HandleAsync).Describe("Report a status", "How a task stands, after the lines sent before.", [Json], [])
            .Returns(Shapes.Task).Takes("status, and exitCode of a task that ended.", Shapes.StatusReport, Json);
        tasks.MapPut("/{taskId}/level", ChangeLevel.HandleAsync).Describe("Change the level", "From which level on the agents that run the task now stream its lines.", [Json], [])
            .Returns(Shapes.LevelChanged).Takes("level.", Shapes.LevelChange, Json);
        tasks.MapGet("/{taskId}/script", ShowScript.HandleAsync).Describe("Show a script", "What an agent runs for the task.", [Json], []).Returns(Shapes.Script);
        tasks.MapGet("/{taskId}/streams/{streamId}", ShowStream.HandleAsync).Describe("Resume", "The last durable line of an agent's stream.", [Json], []).Returns(Shapes.Stream);
    }
}
