using System.Collections.Immutable;
using System.Text.Json;

namespace Flatnet.Podman.Json;

/// <summary>Reads the list of Podman's own API and of <c>podman ps --format json</c>.</summary>
internal static class ListReader
{
    public static ImmutableArray<Container> Read(JsonElement list)
    {
        return [.. list.EnumerateArray().Select(ReadContainer)];
    }

    private static Container ReadContainer(JsonElement element)
    {
        string state = element.Text("State");
        JsonElement size = element.Field("Size");
        return new Container
        {
            Id = element.Text("Id"),
            Names = element.Texts("Names"),
            Image = element.Text("Image"),
            ImageId = ContainerFields.WithoutDigest(element.Text("ImageID")),
            Command = element.Texts("Command"),
            State = state.Length > 0 ? state : "unknown",
            Health = ContainerFields.Health(element.Text("Status")),
            CreatedAt = element.Time("Created"),
            StartedAt = element.Time("StartedAt"),
            ExitedAt = element.Time("ExitedAt"),
            ExitCode = ContainerFields.ExitCode(state, element),
            ProcessId = element.SmallNumber("Pid"),
            Ports = ContainerFields.Sorted([.. element.Items("Ports").Select(ReadPort), .. Exposed(element)]),
            Labels = element.TextMap("Labels"),
            Networks = [.. element.Texts("Networks").Order(StringComparer.Ordinal).Select(name => new ContainerNetwork(name, [], ""))],
            Mounts = element.Texts("Mounts"),
            Pod = element.Text("Pod"),
            PodName = element.Text("PodName"),
            Restarts = element.SmallNumber("Restarts"),
            SizeWritten = size.Number("rwSize"),
            SizeWhole = size.Number("rootFsSize"),
            Namespaces = ReadNamespaces(element),
        };
    }

    private static PublishedPort ReadPort(JsonElement port)
    {
        return new PublishedPort(
            port.Text("host_ip"), port.Port("host_port"), port.Port("container_port"), port.Text("protocol"), Math.Max(1, port.SmallNumber("range")));
    }

    // Podman 5 tells ports that are exposed only, as {"80": ["tcp"]}.
    private static IEnumerable<PublishedPort> Exposed(JsonElement element)
    {
        return
            from entry in element.Properties("ExposedPorts")
            from protocol in entry.Value.ValueKind == JsonValueKind.Array ? entry.Value.EnumerateArray() : []
            where protocol.ValueKind == JsonValueKind.String
            select new PublishedPort("", 0, ContainerFields.PortKey(entry.Name).Port, protocol.GetString()!);
    }

    private static ImmutableDictionary<string, string> ReadNamespaces(JsonElement element)
    {
        ImmutableDictionary<string, string>.Builder namespaces = ImmutableDictionary.CreateBuilder<string, string>();
        foreach ((string name, string value) in element.TextMap("Namespaces"))
        {
            string kind = name.ToLowerInvariant();
            namespaces[kind is "pidns" or "userns" ? kind[..^2] : kind] = value;
        }

        return namespaces.ToImmutable();
    }
}
