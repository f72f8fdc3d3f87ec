namespace Flatnet.Ipam;

/// <summary>What a scan over a lease's JSON notes: little, because memory is what a thousand of these cost.</summary>
internal struct LeaseFields
{
    internal Slice Whole;
    internal Slice ContainerId;
    internal Slice InterfaceName;
    internal IpValue First;
    internal IpValue[]? Others;
    internal bool HasName;
    internal bool HasNamespace;
    internal bool HasBootId;
    internal bool HasEscapes;
    internal bool IsFromHostLocal;
}
