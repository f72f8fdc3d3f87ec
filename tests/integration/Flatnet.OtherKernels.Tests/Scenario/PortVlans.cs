using System.Globalization;
using System.Text.Json.Nodes;

namespace Flatnet.OtherKernels.Tests.Scenario;

/// <summary>What bridge(8) says of VLANs.</summary>
internal static class PortVlans
{
    /// <summary>One word per range of VLANs, in order: "100 PVID untagged", "200", "300-310".</summary>
    public static string[] Of(TestHost host, string link)
    {
        JsonNode? port = host.ReadJson("bridge -j -compressvlans vlan show").SingleOrDefault(entry => (string?)entry!["ifname"] == link);
        return port is null ? [] : [.. port["vlans"]!.AsArray().Select(vlan => Describe(vlan!))];
    }

    public static bool AreFiltered(TestHost host, string bridge) =>
        (int)host.ReadJson($"ip -j -d link show {bridge}")[0]!["linkinfo"]!["info_data"]!["vlan_filtering"]! == 1;

    private static string Describe(JsonNode vlan)
    {
        string text = ((int)vlan["vlan"]!).ToString(CultureInfo.InvariantCulture);
        if (vlan["vlanEnd"] is { } end)
        {
            text += "-" + ((int)end).ToString(CultureInfo.InvariantCulture);
        }
        foreach (JsonNode? flag in vlan["flags"]?.AsArray() ?? [])
        {
            text += (string)flag! == "PVID" ? " PVID" : " untagged";
        }
        return text;
    }
}
