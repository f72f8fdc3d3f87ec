using System.Globalization;
using System.Text.Json;

namespace Flatnet.Cli.Status;

/// <summary>What the gateway answers to <c>GET /api/status</c>.</summary>
internal sealed record GatewayReply
{
    /// <summary><c>running</c> when all is well; null when it does not say.</summary>
    public string? Status { get; init; }

    /// <summary>Containers in its registry.</summary>
    public int Registered { get; init; }

    /// <summary>Whether the health check is on; null when it does not report one.</summary>
    public bool? HealthcheckEnabled { get; init; }

    public int Healthy { get; init; }

    public int Unhealthy { get; init; }

    /// <summary>Whether the tunnel to other hosts is up; null when there is none.</summary>
    public bool? NebulaConnected { get; init; }

    public int NebulaPeers { get; init; }

    public string? Uptime { get; init; }

    /// <summary>Reads the answer; null when it is no JSON object. The counts are accepted in the gateway's own shape
    /// (<c>count</c>, <c>active_p2p_count</c>, <c>failure_counts</c>) and in the one of its documents (<c>total_count</c>,
    /// <c>healthy_count</c>, <c>unhealthy_count</c>).</summary>
    public static GatewayReply? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static GatewayReply Read(JsonElement root)
    {
        JsonElement registry = Member(root, "registry");
        JsonElement health = Member(root, "healthcheck");
        JsonElement nebula = Member(root, "nebula");
        return new GatewayReply
        {
            Status = Text(Member(root, "status")),
            Registered = Count(registry, "count", "total_count"),
            HealthcheckEnabled = health.ValueKind == JsonValueKind.Object ? Member(health, "enabled").ValueKind != JsonValueKind.False : null,
            Healthy = Count(health, "active_p2p_count", "healthy_count"),
            Unhealthy = Count(health, "failure_counts", "unhealthy_count"),
            NebulaConnected = nebula.ValueKind == JsonValueKind.Object ? Member(nebula, "connected").ValueKind == JsonValueKind.True : null,
            NebulaPeers = Count(nebula, "peers", "peer_count"),
            Uptime = Text(Member(root, "uptime")),
        };
    }

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) ? value : default;

    // A number, or something to be counted. Lua writes an empty table as {} whether it was a list or not.
    private static int Count(JsonElement parent, string name, string otherName)
    {
        JsonElement value = Member(parent, name) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } found ? found : Member(parent, otherName);
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetInt32(out int number) ? number : 0,
            JsonValueKind.Array => value.GetArrayLength(),
            JsonValueKind.Object => value.EnumerateObject().Count(),
            _ => 0,
        };
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number when value.TryGetInt64(out long seconds) => seconds.ToString(CultureInfo.InvariantCulture) + " s",
        _ => null,
    };
}
