
namespace Flatnet.Ipam;

/// <summary>Reads range sets and checks them as host-local does, in its words.</summary>
internal static class RangeReader
{
    internal static List<RangeSet> Read(ConfigObject ipam, ConfigObject? runtime)
    {
        var sets = new List<List<AddressRange>>();
        if (runtime?.Element("ipRanges") is { } ranges)
        {
            AddSets(sets, ranges, runtime.PathOf("ipRanges"));
        }

        if (ipam.String("subnet") is { Length: > 0 })
        {
            sets.Add([ReadRange(ipam, sets.Count)]);
        }

        if (ipam.Element("ranges") is { } configured)
        {
            AddSets(sets, configured, ipam.PathOf("ranges"));
        }

        if (sets.Count == 0)
        {
            throw new ConfigException("no IP ranges specified");
        }

        var result = new List<RangeSet>(sets.Count);
        for (int i = 0; i < sets.Count; i++)
        {
            RefuseOverlapInside(sets[i], i);
            result.Add(new RangeSet(sets[i]));
        }

        RefuseOverlapBetween(sets);
        return result;
    }

    private static void AddSets(List<List<AddressRange>> sets, JsonValue array, string path)
    {
        int setIndex = 0;
        foreach (JsonValue element in ConfigObject.ArrayOf(array, path))
        {
            string setPath = ConfigObject.Item(path, setIndex++);
            var set = new List<AddressRange>();
            int rangeIndex = 0;
            foreach (JsonValue range in ConfigObject.ArrayOf(element, setPath))
            {
                set.Add(ReadRange(new ConfigObject(range, ConfigObject.Item(setPath, rangeIndex++)), sets.Count));
            }

            if (set.Count == 0)
            {
                throw Invalid(sets.Count, "empty range set");
            }

            sets.Add(set);
        }
    }

    private static AddressRange ReadRange(ConfigObject range, int setIndex)
    {
        if (range.String("subnet") is not { Length: > 0 } text)
        {
            throw Invalid(setIndex, $"{range.PathOf("subnet")} is missing");
        }

        if (!IpPrefix.TryParse(text, out IpPrefix subnet))
        {
            throw range.Invalid("subnet", "a subnet such as \"10.87.1.0/24\"");
        }

        IpValue network = subnet.Network;
        if (subnet.Length > network.Width - 2)
        {
            throw Invalid(setIndex, $"Network {subnet} too small to allocate from");
        }

        if (subnet.Value != network)
        {
            throw Invalid(
                setIndex,
                $"Network has host bits set. For a subnet mask of length {subnet.Length} the network address is {network}");
        }

        var second = new IpValue(network.Bits + 1);
        IpValue gateway = Address(range, "gateway") ?? second;
        IpValue? start = Address(range, "rangeStart");
        IpValue? end = Address(range, "rangeEnd");
        if (start is { } first && (!subnet.Contains(first) || first > end))
        {
            throw Invalid(setIndex, $"RangeStart {first} not in network {subnet}");
        }

        if (end is { } last && (!subnet.Contains(last) || last < (start ?? second)))
        {
            throw Invalid(setIndex, $"RangeEnd {last} not in network {subnet}");
        }

        // The broadcast address is only an IPv4 notion.
        IpValue lastUsable = network.IsIPv4 ? new IpValue(subnet.Last.Bits - 1) : subnet.Last;
        start ??= second;
        end ??= start > lastUsable ? subnet.Last : lastUsable;
        return new AddressRange(subnet, start.Value, end.Value, gateway);
    }

    private static IpValue? Address(ConfigObject range, string key)
    {
        if (range.String(key) is not { Length: > 0 } text)
        {
            return null;
        }

        return IpAddressText.TryParse(text.AsSpan(), out IpValue address) ? address : throw range.Invalid(key, "an IP address");
    }

    private static void RefuseOverlapInside(List<AddressRange> set, int setIndex)
    {
        for (int i = 0; i < set.Count; i++)
        {
            if (set[i].First.IsIPv4 != set[0].First.IsIPv4)
            {
                throw Invalid(setIndex, "mixed address families");
            }

            for (int j = i + 1; j < set.Count; j++)
            {
                if (set[i].Overlaps(set[j]))
                {
                    throw Invalid(setIndex, $"subnets {set[i]} and {set[j]} overlap");
                }
            }
        }
    }

    private static void RefuseOverlapBetween(List<List<AddressRange>> sets)
    {
        for (int i = 0; i < sets.Count; i++)
        {
            for (int j = i + 1; j < sets.Count; j++)
            {
                if (Overlap(sets[i], sets[j]))
                {
                    throw new ConfigException($"range set {i} overlaps with {j}");
                }
            }
        }
    }

    private static bool Overlap(List<AddressRange> left, List<AddressRange> right)
    {
        foreach (AddressRange one in left)
        {
            foreach (AddressRange other in right)
            {
                if (one.Overlaps(other))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static ConfigException Invalid(int setIndex, string message) => new($"invalid range set {setIndex}: {message}");
}
