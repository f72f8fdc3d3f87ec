using System.Text.Json;
using Flatnet.Cli.Addresses;
using Flatnet.Podman;

namespace Flatnet.Cli.Ps.Formats;

/// <summary>One container as JSON.</summary>
internal static class JsonRow
{
    public static void Write(Utf8JsonWriter json, PsRow row, PsNeeds needs)
    {
        Container container = row.Container;
        json.WriteStartObject();
        json.WriteString("id", PsRow.Shorten(container.Id));
        json.WriteString("id_full", container.Id);
        json.WriteString("name", row.Name);
        WriteTexts(json, "names", container.Names);
        json.WriteString("image", container.Image);
        json.WriteString("image_id", container.ImageId);
        WriteTexts(json, "command", container.Command);
        json.WriteString("flatnet_ip", row.Address.First?.ToString() ?? "-");
        json.WriteString("ip_source", row.Address.Source?.Name());
        WriteConflicts(json, row.Address);
        json.WriteString("status", row.Status);
        json.WriteString("state", container.State);
        json.WriteString("health", container.Health);
        WriteNumber(json, "exit_code", container.ExitCode);
        WriteTime(json, "created_at", container.CreatedAt);
        WriteTime(json, "started_at", container.StartedAt);
        WriteTime(json, "exited_at", container.ExitedAt);
        WritePorts(json, container);
        WriteMap(json, "labels", container.Labels);
        WriteNetworks(json, container);
        json.WriteString("host_id", row.Address.HostId.Length > 0 ? row.Address.HostId : null);
        WriteExtras(json, container, needs);
        json.WriteEndObject();
    }

    private static void WriteExtras(Utf8JsonWriter json, Container container, PsNeeds needs)
    {
        if (needs.HasFlag(PsNeeds.Size))
        {
            WriteNumber(json, "size_written", container.SizeWritten);
            WriteNumber(json, "size_total", container.SizeWhole);
        }

        if (needs.HasFlag(PsNeeds.Pods))
        {
            json.WriteString("pod", container.Pod);
            json.WriteString("pod_name", container.PodName);
            json.WriteNumber("restarts", container.Restarts);
        }

        if (needs.HasFlag(PsNeeds.Namespaces))
        {
            json.WriteNumber("pid", container.ProcessId);
            WriteMap(json, "namespaces", container.Namespaces);
        }
    }

    private static void WriteConflicts(Utf8JsonWriter json, ContainerAddress address)
    {
        json.WriteStartArray("ip_conflicts");
        foreach (AddressConflict conflict in address.Conflicts)
        {
            json.WriteStartObject();
            json.WriteString("ip", conflict.Address.ToString());
            json.WriteString("source", conflict.Source.Name());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePorts(Utf8JsonWriter json, Container container)
    {
        json.WriteStartArray("ports");
        foreach (PublishedPort port in container.Ports)
        {
            json.WriteStartObject();
            json.WriteString("host_ip", port.HostIp);
            json.WriteNumber("host_port", port.HostPort);
            json.WriteNumber("container_port", port.ContainerPort);
            json.WriteString("protocol", port.Protocol);
            json.WriteNumber("range", port.Range);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNetworks(Utf8JsonWriter json, Container container)
    {
        json.WriteStartArray("networks");
        foreach (ContainerNetwork network in container.Networks)
        {
            json.WriteStartObject();
            json.WriteString("name", network.Name);
            WriteTexts(json, "addresses", network.Addresses.Select(static address => address.ToString()));
            json.WriteString("mac", network.Mac);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // In order, so that two documents can be compared.
    private static void WriteMap(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> entries)
    {
        json.WriteStartObject(name);
        foreach ((string key, string value) in entries.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time) => json.WriteString(name, TimeText.Of(time));
}
