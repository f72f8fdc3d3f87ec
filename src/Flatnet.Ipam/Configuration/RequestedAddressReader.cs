using System.Net;

namespace Flatnet.Ipam;

/// <summary>Collects the addresses a user asked for. All sources add up; the prefix some write is ignored, the range's
/// counts; duplicates collapse (<c>podman network reload</c> names an address twice).</summary>
internal static class RequestedAddressReader
{
    internal static List<IPAddress> Read(string? requestedByArgs, ConfigObject network, ConfigObject? runtime)
    {
        var addresses = new List<IPAddress>();
        if (!string.IsNullOrEmpty(requestedByArgs))
        {
            Add(addresses, requestedByArgs, "IP in CNI_ARGS");
        }

        AddAll(addresses, network.Object("args")?.Object("cni"));
        AddAll(addresses, runtime);
        return addresses;
    }

    private static void AddAll(List<IPAddress> addresses, ConfigObject? source)
    {
        int index = 0;
        foreach (string text in source?.Strings("ips") ?? [])
        {
            Add(addresses, text, ConfigObject.Item(source!.PathOf("ips"), index++));
        }
    }

    private static void Add(List<IPAddress> addresses, string text, string path)
    {
        IPAddress? address = null;
        if (IpPrefix.TryParse(text, out IpPrefix prefix))
        {
            address = prefix.Address;
        }
        else if (IpAddressText.TryParse(text, out IPAddress plain))
        {
            address = plain;
        }

        if (address is null)
        {
            throw new ConfigException($"{path}: expected an IP address, got \"{text}\"");
        }

        if (!addresses.Contains(address))
        {
            addresses.Add(address);
        }
    }
}
