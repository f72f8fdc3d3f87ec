using System.Net;
using System.Text.Json;

namespace Flatnet.Ipam;

/// <summary>Reads the state of the first Flatnet: <c>{"subnet":…,"host_id":…,"allocations":{container ID: address}}</c>.</summary>
internal static class AllocationsReader
{
    /// <summary>The allocations; null when it is no such document. An entry that cannot be used is left out.</summary>
    internal static IReadOnlyList<Lease>? Read(byte[] json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("allocations", out JsonElement allocations)
                && allocations.ValueKind == JsonValueKind.Object
                ? Read(allocations)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<Lease> Read(JsonElement allocations)
    {
        var leases = new List<Lease>();
        foreach (JsonProperty allocation in allocations.EnumerateObject())
        {
            if (allocation.Name.Length > 0
                && allocation.Value.ValueKind == JsonValueKind.String
                && IpAddressText.TryParse(allocation.Value.GetString(), out IPAddress address))
            {
                leases.Add(new Lease { ContainerId = allocation.Name, InterfaceName = "", Addresses = [address] });
            }
        }

        return leases;
    }
}
