using System.Net;
using System.Text;

namespace Flatnet.Ipam;

/// <summary>Ranges of one family, from which a container gets one address. To the allocator the ranges lie end to end:
/// every address has a position, counted from 0.</summary>
public sealed class RangeSet
{
    private readonly AddressRange[] _ranges;

    internal RangeSet(List<AddressRange> ranges)
    {
        _ranges = ranges.ToArray();
        var text = new StringBuilder();
        foreach (AddressRange range in ranges)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(range);
            Size += range.Size;
        }

        Text = text.ToString();
    }

    /// <summary>The ranges in configured order; at least one; they do not overlap.</summary>
    public IReadOnlyList<AddressRange> Ranges => _ranges;

    /// <summary>Whether this is a set of IPv4 addresses.</summary>
    public bool IsIPv4 => _ranges[0].First.IsIPv4;

    /// <summary>Number of addresses from all starts to all ends, the forbidden ones included.</summary>
    internal UInt128 Size { get; }

    /// <summary><c>start-end,start-end</c>: names the set in messages, and its cursor in the state file.</summary>
    internal string Text { get; }

    /// <summary>Whether the address lies inside one of the ranges.</summary>
    public bool Contains(IPAddress address) => TryPosition(IpValue.From(address), out _);

    internal AddressRange? Find(IpValue address)
    {
        foreach (AddressRange range in _ranges)
        {
            if (range.Contains(address))
            {
                return range;
            }
        }

        return null;
    }

    internal bool TryPosition(IpValue address, out UInt128 position)
    {
        position = 0;
        foreach (AddressRange range in _ranges)
        {
            if (range.Contains(address))
            {
                position += address.Bits - range.First.Bits;
                return true;
            }

            position += range.Size;
        }

        return false;
    }

    internal IpValue AddressAt(UInt128 position)
    {
        foreach (AddressRange range in _ranges)
        {
            if (position < range.Size)
            {
                return new IpValue(range.First.Bits + position);
            }

            position -= range.Size;
        }

        throw new ArgumentOutOfRangeException(nameof(position));
    }

    internal bool IsGateway(IpValue address)
    {
        foreach (AddressRange range in _ranges)
        {
            if (range.GatewayValue == address)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Why no container may ever have this address, or null.</summary>
    internal string? WhyForbidden(IpValue address)
    {
        foreach (AddressRange range in _ranges)
        {
            if (range.GatewayValue == address)
            {
                return "it is the gateway";
            }

            if (range.Subnet.Network == address)
            {
                return $"it is the network address of {range.Subnet}";
            }

            if (address.IsIPv4 && range.Subnet.Last == address)
            {
                return $"it is the broadcast address of {range.Subnet}";
            }
        }

        return null;
    }

    /// <summary>Every address inside the set that no container may have; each once.</summary>
    internal List<IpValue> Forbidden()
    {
        var forbidden = new List<IpValue>(_ranges.Length * 3);
        foreach (AddressRange range in _ranges)
        {
            AddInside(forbidden, range.GatewayValue);
            AddInside(forbidden, range.Subnet.Network);
            if (IsIPv4)
            {
                AddInside(forbidden, range.Subnet.Last);
            }
        }

        return forbidden;
    }

    private void AddInside(List<IpValue> forbidden, IpValue address)
    {
        if (!forbidden.Contains(address) && Find(address) is not null)
        {
            forbidden.Add(address);
        }
    }

    /// <summary>The ranges as <c>start-end,start-end</c>.</summary>
    public override string ToString() => Text;
}
