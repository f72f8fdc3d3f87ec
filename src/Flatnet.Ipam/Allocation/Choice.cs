namespace Flatnet.Ipam;

/// <summary>The address chosen for one range set, and why.</summary>
internal readonly record struct Choice(IpValue Address, ChoiceKind Kind);
