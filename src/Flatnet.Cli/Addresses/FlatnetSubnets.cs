using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Flatnet.Ipam;

namespace Flatnet.Cli.Addresses;

/// <summary>The subnets whose addresses are Flatnet's whatever Podman calls their network: those of every installed network of
/// the plugin, or the one Flatnet ships with.</summary>
internal sealed class FlatnetSubnets(ImmutableArray<IpPrefix> prefixes)
{
    private static readonly IpPrefix Shipped = new(new IPAddress([10, 87, 1, 0]), 24);

    /// <summary>Reads the network configurations. One that cannot be read is left out; <c>flatnet doctor</c> tells.</summary>
    public static FlatnetSubnets Read(string root)
    {
        var prefixes = new List<IpPrefix>();
        try
        {
            foreach (string file in Directory.EnumerateFiles(root + "/etc/cni/net.d", "*.conflist"))
            {
                Add(File.ReadAllBytes(file), prefixes);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No such directory, or not ours to read.
        }

        return new FlatnetSubnets(prefixes.Count > 0 ? [.. prefixes] : [Shipped]);
    }

    public bool Contains(IPAddress address)
    {
        foreach (IpPrefix prefix in prefixes)
        {
            if (prefix.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    private static void Add(byte[] json, List<IpPrefix> prefixes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            foreach (JsonElement plugin in Items(document.RootElement, "plugins"))
            {
                if (Member(plugin, "type") is not { ValueKind: JsonValueKind.String } type || !type.ValueEquals("flatnet"))
                {
                    continue;
                }

                JsonElement ipam = Member(plugin, "ipam");
                AddSubnet(ipam, prefixes);
                foreach (JsonElement set in Items(ipam, "ranges"))
                {
                    foreach (JsonElement range in Items(set))
                    {
                        AddSubnet(range, prefixes);
                    }
                }
            }
        }
        catch (JsonException)
        {
            // Not a configuration.
        }
    }

    private static void AddSubnet(JsonElement range, List<IpPrefix> prefixes)
    {
        if (Member(range, "subnet") is { ValueKind: JsonValueKind.String } text && IpPrefix.TryParse(text.GetString(), out IpPrefix prefix))
        {
            prefixes.Add(prefix);
        }
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) => Items(Member(element, name));

    private static JsonElement.ArrayEnumerator Items(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : default;
}
