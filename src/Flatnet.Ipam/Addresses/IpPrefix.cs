using System.Globalization;
using System.Net;

namespace Flatnet.Ipam;

/// <summary>An address with a prefix length, such as <c>10.87.1.5/24</c>. Host bits are kept.</summary>
/// <param name="Address">The address as written.</param>
/// <param name="Length">0 to 32, or 0 to 128 for IPv6.</param>
public readonly record struct IpPrefix(IPAddress Address, int Length)
{
    /// <summary>Reads <c>address/length</c>, both strictly: no leading zeros, no sign, no spaces.</summary>
    public static bool TryParse(string? text, out IpPrefix prefix)
    {
        prefix = default;
        int slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 0 || !IpAddressText.TryParse(text.AsSpan(0, slash), out IpValue address))
        {
            return false;
        }

        ReadOnlySpan<char> digits = text.AsSpan(slash + 1);
        bool leadingZero = digits.Length > 1 && digits[0] == '0';
        if (digits.Length > 3 || leadingZero || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int length))
        {
            return false;
        }

        // A v4-mapped prefix counts its bits from the left of the IPv6 form.
        if (address.IsIPv4 && text.AsSpan(0, slash).Contains(':'))
        {
            length -= 96;
        }

        if (length < 0 || length > address.Width)
        {
            return false;
        }

        prefix = new IpPrefix(address.ToAddress(), length);
        return true;
    }

    /// <summary>The first address of the subnet: all host bits zero.</summary>
    public IPAddress NetworkAddress => Network.ToAddress();

    /// <summary>Whether some address lies in both. Subnets of different families never overlap.</summary>
    public bool Overlaps(IpPrefix other) => Value.IsIPv4 == other.Value.IsIPv4 && Network <= other.Last && other.Network <= Last;

    /// <summary>Whether the address lies in the subnet.</summary>
    public bool Contains(IPAddress address)
    {
        var value = IpValue.From(address);
        return Value.IsIPv4 == value.IsIPv4 && Contains(value);
    }

    internal IpValue Value => IpValue.From(Address);

    /// <summary>The first address: all host bits zero.</summary>
    internal IpValue Network => new(Value.Bits & ~HostMask);

    /// <summary>The last address: all host bits one.</summary>
    internal IpValue Last => new(Value.Bits | HostMask);

    // Built in two steps because a shift by 128 would be a shift by nothing.
    private UInt128 HostMask
    {
        get
        {
            int hostBits = Value.Width - Length;
            return hostBits == 0 ? UInt128.Zero : UInt128.MaxValue >> (128 - hostBits);
        }
    }

    internal bool Contains(IpValue address) => address >= Network && address <= Last;

    // Not interpolated: inside another interpolation that would return a second array to the shared pool, which then stops to
    // measure the processor. It is longer than the rest of a CHECK.
    /// <summary>CIDR notation.</summary>
    public override string ToString() => string.Concat(Address.ToString(), "/", Length.ToString(CultureInfo.InvariantCulture));
}
