using System.Net;

namespace Flatnet.Ipam;

/// <summary>The addresses from <see cref="Start"/> to <see cref="End"/>, both included, of one subnet.</summary>
public sealed record AddressRange
{
    internal AddressRange(IpPrefix subnet, IpValue start, IpValue end, IpValue gateway)
    {
        Subnet = subnet;
        First = start;
        Last = end;
        GatewayValue = gateway;
        Gateway = gateway.ToAddress();
    }

    /// <summary>The subnet the range lies in; its length is the prefix length containers get.</summary>
    public IpPrefix Subnet { get; }

    /// <summary>First address of the range.</summary>
    public IPAddress Start => First.ToAddress();

    /// <summary>Last address of the range.</summary>
    public IPAddress End => Last.ToAddress();

    /// <summary>The gateway containers are told; may lie outside the range and even outside the subnet.</summary>
    public IPAddress Gateway { get; }

    internal IpValue First { get; }

    internal IpValue Last { get; }

    internal IpValue GatewayValue { get; }

    internal UInt128 Size => Last.Bits - First.Bits + 1;

    internal bool Contains(IpValue address) => address >= First && address <= Last;

    internal bool Overlaps(AddressRange other) => First <= other.Last && other.First <= Last;

    /// <summary><c>start-end</c>, the form host-local uses in messages.</summary>
    public override string ToString() => Start + "-" + End;
}
