using System.Text.Json;

namespace Flatnet.Cli.Doctor.Probes;

/// <summary>How Podman is set up, of <c>podman info</c>. Empty where it does not tell.</summary>
internal sealed record PodmanInfo(string NetworkBackend, string EventLogger, string LogDriver, string GraphRoot)
{
    /// <exception cref="JsonException">It is not what Podman answers.</exception>
    public static PodmanInfo Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        return new PodmanInfo(
            Text(root, "host", "networkBackend"), Text(root, "host", "eventLogger"), Text(root, "host", "logDriver"), Text(root, "store", "graphRoot"));
    }

    private static string Text(JsonElement root, string part, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(part, out JsonElement section) && section.ValueKind == JsonValueKind.Object
        && section.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
