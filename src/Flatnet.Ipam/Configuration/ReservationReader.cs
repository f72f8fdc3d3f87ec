using System.Net;
using System.Text.Json;

namespace Flatnet.Ipam;

/// <summary>Reads <c>reservations</c>: an object of container name to address.</summary>
internal static class ReservationReader
{
    internal static Dictionary<string, IPAddress> Read(ConfigObject ipam, List<RangeSet> sets)
    {
        var reservations = new Dictionary<string, IPAddress>();
        if (ipam.Element("reservations") is not { } element)
        {
            return reservations;
        }

        string path = ipam.PathOf("reservations");
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw ConfigObject.Wrong(path, element, "an object of container names and addresses");
        }

        // Not a ConfigObject: names of containers are data, and their case counts.
        foreach ((string name, JsonValue value) in element.Members)
        {
            string text = ConfigObject.StringOf(value, path + "." + name);
            if (!IpAddressText.TryParse(text, out IPAddress address))
            {
                throw ConfigObject.Wrong(path + "." + name, value, "an IP address");
            }

            RefuseUnusable(path + "." + name, address, sets);
            reservations[name] = address;
        }

        RefuseTwoNames(reservations, path);
        return reservations;
    }

    private static void RefuseUnusable(string path, IPAddress address, List<RangeSet> sets)
    {
        var value = IpValue.From(address);
        foreach (RangeSet set in sets)
        {
            if (set.TryPosition(value, out _))
            {
                if (set.WhyForbidden(value) is { } why)
                {
                    throw new ConfigException($"{path}: {address} cannot be reserved: {why}");
                }

                return;
            }
        }

        throw new ConfigException($"{path}: {address} lies in none of the network's ranges");
    }

    private static void RefuseTwoNames(Dictionary<string, IPAddress> reservations, string path)
    {
        var names = new Dictionary<IPAddress, string>();
        foreach ((string name, IPAddress address) in reservations)
        {
            if (!names.TryAdd(address, name))
            {
                throw new ConfigException($"{path}: {address} is reserved for both \"{names[address]}\" and \"{name}\"");
            }
        }
    }
}
