using System.Text.Json;

namespace Flatnet.Podman.Json;

/// <summary>Reads one event of Podman's API, of <c>podman events --format json</c> or of the Docker-compatible API.</summary>
internal static class EventReader
{
    /// <summary>Reads one line.</summary>
    /// <returns>Null when it is about something else than a container.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static EngineEvent? Read(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement element = document.RootElement;
        if (element.Text("Type") != "container")
        {
            return null;
        }

        JsonElement actor = element.Field("Actor");
        return actor.ValueKind == JsonValueKind.Object ? OverApi(element, actor) : OverCommand(element);
    }

    private static EngineEvent OverApi(JsonElement element, JsonElement actor)
    {
        JsonElement attributes = actor.Field("Attributes");
        string action = ActionOf(element.Text("Action"));
        DateTimeOffset time = element.Number("timeNano") is long nanoseconds
            ? DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100)
            : element.Time("time") ?? default;
        int? exitCode = attributes.Field("containerExitCode").ValueKind == JsonValueKind.String
            ? attributes.Port("containerExitCode")
            : attributes.Port("exitCode");
        return new EngineEvent(action, actor.Text("ID"), attributes.Text("name"), time, action == "died" ? exitCode : null);
    }

    private static EngineEvent OverCommand(JsonElement element)
    {
        string action = ActionOf(element.Text("Status"));
        // An exit code of 0 is left out.
        int? exitCode = action == "died" ? element.SmallNumber("ContainerExitCode") : null;
        return new EngineEvent(action, element.Text("ID"), element.Text("Name"), element.Time("Time") ?? default, exitCode);
    }

    // Docker's words.
    private static string ActionOf(string action)
    {
        return action switch
        {
            "die" => "died",
            "destroy" => "remove",
            _ => action,
        };
    }
}
