namespace Flatnet.Netlink.Tests.Netfilter;

/// <summary>nf_tables answers captured from a real kernel, read field by field.</summary>
public sealed class CapturedRulesetTests
{
    [Fact]
    public void Generation()
    {
        using var socket = new NftSocket(Fixture.Channel("nft-generation"));
        Assert.Equal(2u, socket.Generation());
    }

    [Fact]
    public void BaseChain()
    {
        using var socket = new NftSocket(Fixture.Channel("nft-chain"));
        Assert.Equal(
            new NftChain("egress", "nat", NetfilterHook.PostRouting, NetfilterPriority.SourceNat, true),
            socket.FindChain(NftFamily.Inet, "flatnet", "egress"));
    }

    [Fact]
    public void MissingChain()
    {
        using var socket = new NftSocket(Fixture.Channel("nft-chain-missing"));
        Assert.Null(socket.FindChain(NftFamily.Inet, "flatnet", "nope"));
    }

    [Fact]
    public void ChainsOfOneTable()
    {
        using var socket = new NftSocket(Fixture.Channel("nft-chains"));
        Assert.Equal(["egress", "other"], socket.ListChains(NftFamily.Inet, "flatnet"));
        using var second = new NftSocket(Fixture.Channel("nft-chains"));
        Assert.Equal(["egress"], second.ListChains(NftFamily.Inet, "second"));
    }

    [Fact]
    public void Rules()
    {
        using var socket = new NftSocket(Fixture.Channel("nft-rules"));
        List<NftRule> rules = socket.ListRules(NftFamily.Inet, "flatnet", "egress");
        Assert.Equal(["flatnet egress", null], rules.ConvertAll(rule => rule.Comment));
        Assert.True(rules[0].Handle > 0 && rules[1].Handle > rules[0].Handle);
        Assert.Contains("masq", System.Text.Encoding.ASCII.GetString(rules[0].Expressions), StringComparison.Ordinal);
    }

    [Fact]
    public void RulesOfOtherChainsAreLeftOut()
    {
        using var socket = new NftSocket(Fixture.Channel("nft-rules"));
        Assert.Empty(socket.ListRules(NftFamily.Inet, "flatnet", "other"));
    }
}
