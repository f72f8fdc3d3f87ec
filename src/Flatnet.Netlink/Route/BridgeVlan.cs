namespace Flatnet.Netlink;

/// <summary>A VLAN on a bridge port.</summary>
/// <param name="Id">1 to 4094.</param>
/// <param name="Pvid">Untagged frames that come in belong to it.</param>
/// <param name="Untagged">Frames that go out lose the tag.</param>
public readonly record struct BridgeVlan(ushort Id, bool Pvid, bool Untagged);
