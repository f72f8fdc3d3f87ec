namespace Flatnet.Netlink;

/// <summary>A rule in the kernel.</summary>
/// <param name="Handle">Its number, by which it is deleted.</param>
/// <param name="Comment">The comment nft(8) shows; null when there is none.</param>
/// <param name="Expressions">Its expressions as the kernel gave them (NFTA_RULE_EXPRESSIONS).</param>
public sealed record NftRule(ulong Handle, string? Comment, byte[] Expressions);
