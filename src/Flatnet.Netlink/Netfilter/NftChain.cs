namespace Flatnet.Netlink;

/// <summary>A chain of rules; a base chain if <see cref="Hook"/> is set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Base chains: <c>filter</c>, <c>nat</c> or <c>route</c>.</param>
/// <param name="Hook">Base chains: where packets enter, see <see cref="NetfilterHook"/>.</param>
/// <param name="Priority">Base chains: the order among chains of the same hook, see <see cref="NetfilterPriority"/>.</param>
/// <param name="PolicyAccepts">Base chains: what happens at the end.</param>
public sealed record NftChain(string Name, string? Type, int? Hook, int? Priority, bool? PolicyAccepts);
