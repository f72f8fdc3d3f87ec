using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Flatnet.Server.Rest.Description;

/// <summary>The objects of the interface in its description, by name. A member whose name ends with <c>?</c> may be missing.</summary>
internal static class Shapes
{
    public const string Error = "Error";
    public const string Log = "Log";
    public const string LogRequest = "LogRequest";
    public const string LogRequests = "LogRequests";
    public const string Logs = "Logs";
    public const string LogPage = "LogPage";
    public const string FoundLogs = "FoundLogs";
    public const string Appended = "Appended";
    public const string Deleted = "Deleted";
    public const string Statistics = "Statistics";
    public const string Task = "Task";
    public const string TaskPage = "TaskPage";
    public const string NewTask = "NewTask";
    public const string StatusReport = "StatusReport";
    public const string LevelChange = "LevelChange";
    public const string LevelChanged = "LevelChanged";
    public const string Script = "Script";
    public const string Stream = "Stream";
    public const string Health = "Health";
    public const string Login = "Login";
    public const string Refresh = "Refresh";
    public const string Session = "Session";

    private static readonly string[] Sources = ["stdout", "stderr", "agent"];
    private static readonly string[] Levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
    private static readonly string[] Statuses = ["PENDING", "PROCESSING", "WAITING_FOR_INPUT", "COMPLETED", "FAILED"];

    public static IEnumerable<(string Name, IOpenApiSchema Schema)> All(OpenApiDocument document)
    {
        IOpenApiSchema Of(string name) => new OpenApiSchemaReference(name, document);

        yield return (Error, Object(
            ("error", Object(("code", Text()), ("message", Text()), ("status", Whole()), ("details", Texts()))),
            ("meta", Object(("timestamp", Time()), ("version", Text())))));
        yield return (Log, Object(
            ("id", Text()), ("taskId", Text()), ("seq", Whole()), ("timestamp", Time()), ("source", OneOf(Sources)), ("level", OneOf(Levels)), ("message", Text()),
            ("lineNumber?", Whole()), ("metadata?", Anything()), ("streamId?", Text()), ("sequence?", Whole()), ("partial?", Flag()), ("replaces?", Whole()),
            ("truncated?", Flag()), ("originalLength?", Whole())));
        yield return (LogRequest, Object(
            ("source", OneOf(Sources)), ("message", Text()), ("level?", Text()), ("taskId?", Text()), ("timestamp?", Time()), ("lineNumber?", Whole()),
            ("metadata?", Anything()), ("streamId?", Text()), ("sequence?", Whole()), ("partial?", Flag()), ("replaces?", Whole())));
        yield return (LogRequests, new OpenApiSchema { OneOf = [Of(LogRequest), Many(Of(LogRequest))] });
        yield return (Logs, Many(Of(Log)));
        yield return (LogPage, Object(
            ("content", Many(Of(Log))), ("totalElements?", Whole()), ("totalPages?", Whole()), ("number?", Whole()), ("size", Whole()),
            ("firstSeq", Whole()), ("lastSeq", Whole()), ("hasMore", Flag())));
        yield return (FoundLogs, Object(("content", Many(Of(Log))), ("hasMore", Flag())));
        yield return (Appended, new OpenApiSchema
        {
            OneOf =
            [
                Object(("id", OrNull(Text())), ("taskId", Text()), ("timestamp", Time()), ("success", Flag()), ("duplicate?", Flag()), ("dropped?", Flag())),
                Object(("accepted", Whole()), ("duplicates", Whole()), ("rejected", Many(Object(("index", Whole()), ("code", Text()), ("message", Text())))), ("lastSeq", Whole())),
            ],
        });
        yield return (Deleted, Object(("deletedCount", Whole()), ("message", Text())));
        yield return (Statistics, Object(
            ("taskId", Text()), ("totalLogs", Whole()), ("logCounts", Object([.. Sources.Select(source => (source, (IOpenApiSchema)Whole()))])),
            ("levelCounts", Object(("DEBUG", Whole()), ("INFO", Whole()), ("WARN", Whole()), ("ERROR", Whole()))),
            ("timeRange", OrNull(Object(("start", Time()), ("end", Time())))), ("bytes", Whole()), ("lastSeq", Whole()), ("lastUpdated", Time()), ("dropped", Whole())));
        yield return (Task, Object(
            ("id", Text()), ("status", OneOf(Statuses)), ("exitCode", OrNull(Whole())), ("createdAt", Time()), ("updatedAt", Time()), ("endedAt", OrNull(Time())),
            ("retention", OrNull(Text())), ("hasScript", Flag()), ("firstSeq", Whole()), ("lastSeq", Whole()), ("totalLogs", Whole()), ("bytes", Whole())));
        yield return (TaskPage, Object(("content", Many(Of(Task))), ("next", OrNull(Time()))));
        yield return (NewTask, Object(
            ("id?", Text()), ("script?", new OpenApiSchema { OneOf = [Text(), ScriptParts()] }), ("environment?", Texts()), ("retention?", Text())));
        yield return (StatusReport, Object(("status", OneOf(Statuses)), ("exitCode?", Whole())));
        yield return (LevelChange, Object(("level", OneOf(Levels))));
        yield return (LevelChanged, Object(("taskId", Text()), ("level", OneOf(Levels)), ("agents", Whole())));
        yield return (Script, Object(("script", ScriptParts()), ("environment", Texts())));
        yield return (Stream, Object(("streamId", Text()), ("lastSequence", Whole())));
        yield return (Health, Object(("status", Text())));
        yield return (Login, Object(("username", Text()), ("password", Text()), ("cookie?", Flag())));
        yield return (Refresh, Object(("refreshToken", Text()), ("cookie?", Flag())));
        yield return (Session, Object(("token", Text()), ("refreshToken", Text()), ("expiresIn", Whole())));
    }

    private static OpenApiSchema Object(params (string Name, IOpenApiSchema Schema)[] members) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = members.ToDictionary(member => member.Name.TrimEnd('?'), member => member.Schema),
        Required = members.Select(member => member.Name).Where(name => !name.EndsWith('?')).ToHashSet(),
    };

    private static OpenApiSchema Many(IOpenApiSchema items) => new() { Type = JsonSchemaType.Array, Items = items };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema Time() => new() { Type = JsonSchemaType.String, Format = "date-time" };

    private static OpenApiSchema Whole() => new() { Type = JsonSchemaType.Integer };

    private static OpenApiSchema Flag() => new() { Type = JsonSchemaType.Boolean };

    private static OpenApiSchema OneOf(string[] texts) => new() { Type = JsonSchemaType.String, Enum = [.. texts.Select(text => (JsonNode)text)] };

    private static OpenApiSchema ScriptParts() => Object(("installScript?", OrNull(Text())), ("executeScript?", OrNull(Text())), ("cleanupScript?", OrNull(Text())));

    private static OpenApiSchema Anything() => new() { Type = JsonSchemaType.Object };

    private static OpenApiSchema Texts() => new() { Type = JsonSchemaType.Object, AdditionalProperties = Text() };

    private static OpenApiSchema OrNull(OpenApiSchema schema)
    {
        schema.Type |= JsonSchemaType.Null;
        return schema;
    }
}
