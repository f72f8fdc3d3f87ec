using System.Text.Json.Serialization;

namespace Flatnet.Server.Rest.Tasks;

/// <summary>The bodies about tasks as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(NewTask))]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(LevelChange))]
[JsonSerializable(typeof(ScriptParts))]
[JsonSerializable(typeof(TaskScript))]
internal sealed partial class TaskJson : JsonSerializerContext;
