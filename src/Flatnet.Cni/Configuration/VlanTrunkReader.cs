using Flatnet.Ipam;

namespace Flatnet.Cni.Configuration;

/// <summary>Reads <c>vlanTrunk</c>: items <c>{"id": n}</c> and/or <c>{"minID": a, "maxID": b}</c>, united and sorted.</summary>
internal static class VlanTrunkReader
{
    /// <summary>The union of all items as sorted, disjoint, non-adjacent ranges.</summary>
    /// <exception cref="ConfigException">An ID outside 1..4094, a minimum without maximum or above it.</exception>
    public static IReadOnlyList<VlanRange> Read(IReadOnlyList<JsonValue> items)
    {
        var ranges = new List<VlanRange>();
        for (int i = 0; i < items.Count; i++)
        {
            var item = new ConfigObject(items[i], $"vlanTrunk[{i}]");
            int? min = Id(item, "minID"), max = Id(item, "maxID");
            if (min is null != max is null)
            {
                throw new ConfigException($"vlanTrunk[{i}]: minID and maxID go together", "give both, or use id");
            }

            if (min > max)
            {
                throw new ConfigException($"vlanTrunk[{i}]: minID {min} is above maxID {max}");
            }

            if (min is { } first && max is { } last)
            {
                ranges.Add(new VlanRange((ushort)first, (ushort)last));
            }

            if (Id(item, "id") is { } id)
            {
                ranges.Add(new VlanRange((ushort)id, (ushort)id));
            }
        }

        return Unite(ranges);
    }

    private static int? Id(ConfigObject item, string key)
    {
        int? id = item.Int(key);
        return id is null or (>= 1 and <= VlanRange.MaxId)
            ? id
            : throw new ConfigException($"{item.Path}.{key}: invalid VLAN ID {id} (must be between 1 and {VlanRange.MaxId})");
    }

    private static List<VlanRange> Unite(List<VlanRange> ranges)
    {
        ranges.Sort((a, b) => a.First.CompareTo(b.First));
        var united = new List<VlanRange>(ranges.Count);
        foreach (VlanRange range in ranges)
        {
            if (united.Count > 0 && range.First <= united[^1].Last + 1)
            {
                united[^1] = new VlanRange(united[^1].First, Math.Max(united[^1].Last, range.Last));
            }
            else
            {
                united.Add(range);
            }
        }

        return united;
    }
}
