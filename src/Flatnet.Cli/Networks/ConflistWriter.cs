using System.Net.Sockets;
using System.Text.Json;
using Flatnet.Cli.Json;

namespace Flatnet.Cli.Networks;

/// <summary>Renders a network as a CNI configuration list that Podman and containerd read.</summary>
internal static class ConflistWriter
{
    private static readonly string[] Capabilities = ["ips", "mac", "ipRanges", "dns"];

    public static string Render(NetworkPlan plan) => JsonOutput.Render(writer =>
    {
        writer.WriteString("cniVersion", "1.0.0");
        writer.WriteStrings("cniVersions", ["0.4.0", "1.0.0", "1.1.0"]);
        writer.WriteString("name", plan.Name);
        WriteLabels(writer, plan);
        writer.WriteStartArray("plugins");
        WritePlugin(writer, plan);
        writer.WriteEndArray();
    });

    // Podman's CNI backend keeps its labels in the list's "args".
    private static void WriteLabels(Utf8JsonWriter writer, NetworkPlan plan)
    {
        if (plan.Labels.IsEmpty)
        {
            return;
        }

        writer.WriteStartObject("args");
        writer.WriteStartObject("podman_labels");
        foreach ((string key, string value) in plan.Labels)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WritePlugin(Utf8JsonWriter writer, NetworkPlan plan)
    {
        writer.WriteStartObject();
        writer.WriteString("type", InstalledNetwork.FlatnetType);
        writer.WriteString("bridge", plan.Bridge);
        writer.WriteBoolean("isGateway", true);
        writer.WriteBoolean("ipMasq", plan.IpMasq);
        writer.WriteBoolean("hairpinMode", true);
        if (plan.Mtu > 0)
        {
            writer.WriteNumber("mtu", plan.Mtu);
        }

        WriteAddresses(writer, plan);
        writer.WriteStartObject("capabilities");
        foreach (string capability in Capabilities)
        {
            writer.WriteBoolean(capability, true);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteAddresses(Utf8JsonWriter writer, NetworkPlan plan)
    {
        writer.WriteStartObject("ipam");
        writer.WriteString("type", "flatnet-ipam");
        writer.WriteStartArray("ranges");
        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.WriteString("subnet", plan.Subnet.ToString());
        writer.WriteString("gateway", plan.Gateway.ToString());
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndArray();
        writer.WriteStartArray("routes");
        writer.WriteStartObject();
        writer.WriteString("dst", plan.Gateway.AddressFamily == AddressFamily.InterNetwork ? "0.0.0.0/0" : "::/0");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
