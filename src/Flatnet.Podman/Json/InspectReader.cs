using System.Collections.Immutable;
using System.Text.Json;

namespace Flatnet.Podman.Json;

/// <summary>Reads what inspecting a container returns: over Podman's own API, its command line and the Docker-compatible API.</summary>
internal static class InspectReader
{
    public static ContainerDetails Read(JsonElement element)
    {
        JsonElement host = element.Field("HostConfig");
        JsonElement log = host.Field("LogConfig");
        string logPath = log.Text("Path");
        return new ContainerDetails
        {
            Container = ReadContainer(element),
            HasTerminal = element.Field("Config").Flag("Tty"),
            LogDriver = log.Text("Type"),
            LogPath = logPath.Length > 0 ? logPath : element.Text("LogPath"),
            RestartPolicy = host.Field("RestartPolicy").Text("Name"),
        };
    }

    private static Container ReadContainer(JsonElement element)
    {
        JsonElement state = element.Field("State");
        JsonElement configuration = element.Field("Config");
        string status = state.Text("Status");
        string image = element.Text("ImageName");
        return new Container
        {
            Id = element.Text("Id"),
            Names = [element.Text("Name").TrimStart('/')],
            Image = image.Length > 0 ? image : configuration.Text("Image"),
            ImageId = ContainerFields.WithoutDigest(element.Text("Image")),
            Command = configuration.Texts("Cmd"),
            State = status.Length > 0 ? status : "unknown",
            Health = ContainerFields.Health(HealthOf(state)),
            CreatedAt = element.Time("Created"),
            StartedAt = state.Time("StartedAt"),
            ExitedAt = state.Time("FinishedAt"),
            ExitCode = ContainerFields.ExitCode(status, state),
            ProcessId = state.SmallNumber("Pid"),
            Ports = ReadPorts(element),
            Labels = configuration.TextMap("Labels"),
            Networks = NetworkReader.Read(element),
            Mounts = [.. element.Items("Mounts").Select(mount => mount.Text("Destination"))],
            Pod = element.Text("Pod"),
            Restarts = element.SmallNumber("RestartCount"),
            SizeWritten = element.Number("SizeRw"),
            SizeWhole = element.Number("SizeRootFs") is > 0 and long whole ? whole : null,
        };
    }

    private static string HealthOf(JsonElement state)
    {
        string health = state.Field("Health").Text("Status");
        return health.Length > 0 ? health : state.Field("Healthcheck").Text("Status");
    }

    private static ImmutableArray<PublishedPort> ReadPorts(JsonElement element)
    {
        List<PublishedPort> ports = [];
        foreach (JsonProperty entry in element.Field("NetworkSettings").Properties("Ports"))
        {
            (int port, string protocol) = ContainerFields.PortKey(entry.Name);
            if (entry.Value.ValueKind != JsonValueKind.Array)
            {
                ports.Add(new PublishedPort("", 0, port, protocol));
                continue;
            }

            ports.AddRange(entry.Value.EnumerateArray().Select(binding => new PublishedPort(binding.Text("HostIp"), binding.Port("HostPort"), port, protocol)));
        }

        return ContainerFields.Sorted(ports);
    }
}
