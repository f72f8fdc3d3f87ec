using Flatnet.Cni.Attachments;
using Flatnet.Cni.Protocol;
using Flatnet.Netlink;

namespace Flatnet.Cni.Firewall;

/// <summary>One rule per attachment in the bridge family: a frame from this port with another source MAC is dropped.</summary>
internal static class SpoofRule
{
    // As early as the reference plugin filters, before the bridge's own destination NAT.
    private const int Priority = -300;

    /// <summary>Adds the rule.</summary>
    /// <exception cref="CniException">Code 109: whoever asks for this check must not get a container without it.</exception>
    public static void Add(AttachmentIdentity identity, MacAddress mac)
    {
        var rule = new NftExpressions()
            .MatchInputInterface(identity.HostInterface)
            .MatchEtherSource(mac, negate: true)
            .Counter()
            .Drop();
        try
        {
            using NftSocket socket = NftSocket.Open();
            socket.Commit(new NftTransaction()
                .AddTable(NftFamily.Bridge, OwnTable.Name)
                .AddBaseChain(NftFamily.Bridge, OwnTable.Name, OwnTable.PreRouting, "filter", NetfilterHook.PreRouting, Priority)
                .AddRule(NftFamily.Bridge, OwnTable.Name, OwnTable.PreRouting, rule, identity.RuleComment));
        }
        catch (NetlinkException error)
        {
            throw new CniException(
                ErrorCode.FirewallFailed, $"macspoofchk: {error.Message}", "the kernel needs nf_tables with bridge support; or set macspoofchk to false", error);
        }
    }

    /// <summary>Deletes the rules whose comment satisfies <paramref name="matches"/>; without nf_tables there are none.</summary>
    public static void Remove(Func<string, bool> matches)
    {
        using NftSocket socket = NftSocket.Open();
        OwnTable.Remove(socket, NftFamily.Bridge, OwnTable.PreRouting, matches);
    }

    /// <summary>Whether the attachment's rule is there.</summary>
    public static bool IsPresent(AttachmentIdentity identity)
    {
        using NftSocket socket = NftSocket.Open();
        return OwnTable.Holds(socket.ListRules(NftFamily.Bridge, OwnTable.Name, OwnTable.PreRouting), identity.RuleComment);
    }
}
