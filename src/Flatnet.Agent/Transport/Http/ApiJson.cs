using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatnet.Agent.Transport.Http;

/// <summary>The bodies of REST requests and answers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PostedLines))]
[JsonSerializable(typeof(StreamPosition))]
[JsonSerializable(typeof(TaskReport))]
[JsonSerializable(typeof(ScriptAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ApiJson : JsonSerializerContext;
