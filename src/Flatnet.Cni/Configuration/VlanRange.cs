namespace Flatnet.Cni.Configuration;

/// <summary>VLAN IDs <paramref name="First"/> to <paramref name="Last"/>, inclusive, each 1..4094 (IEEE 802.1Q).</summary>
internal readonly record struct VlanRange(ushort First, ushort Last)
{
    /// <summary>The highest usable VLAN ID; 4095 is reserved.</summary>
    public const int MaxId = 4094;
}
