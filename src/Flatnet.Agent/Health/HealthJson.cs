using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatnet.Agent.Health;

/// <summary>The report as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJson : JsonSerializerContext
{
    public static string Write(HealthReport report) => JsonSerializer.Serialize(report, Default.HealthReport);
}
