using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Flatnet.Agent.Health;

/// <summary>Whether the agent is well, as it is printed and served.</summary>
internal sealed record HealthReport(string Status, string Timestamp, ImmutableSortedDictionary<string, HealthCheck> Checks)
{
    [JsonIgnore]
    public bool IsHealthy => Status == "healthy";

    public static HealthReport Of(string timestamp, IEnumerable<KeyValuePair<string, HealthCheck>> checks)
    {
        ImmutableSortedDictionary<string, HealthCheck> all = checks.ToImmutableSortedDictionary(StringComparer.Ordinal);
        return new HealthReport(all.Values.All(static check => check.Healthy) ? "healthy" : "unhealthy", timestamp, all);
    }
}
