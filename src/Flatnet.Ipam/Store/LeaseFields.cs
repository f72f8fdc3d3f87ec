namespace Flatnet.Ipam;

/// <summary>What a scan over a lease's JSON notes.</summary>
internal struct LeaseFields
{
    internal Slice Whole;
    internal Slice ContainerId;
    internal Slice InterfaceName;
    internal Slice Name;
    internal Slice Namespace;
    internal Slice BootId;
    internal bool HasBootId;
    internal IpValue First;
    internal IpValue[]? Others;
    internal bool HasEscapes;
    internal bool IsFromHostLocal;
}
