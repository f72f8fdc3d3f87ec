using System.Net;
using System.Text.Json;
using Flatnet.Netlink;

namespace Flatnet.Kernel.Tests.Netlink;

public sealed class RulesetTests : IDisposable
{
    private const NftFamily Inet = NftFamily.Inet;

    private readonly Sandbox _sandbox = new();
    private readonly NftSocket _socket;

    public RulesetTests() => _socket = _sandbox.Namespace.Enter(NftSocket.Open);

    public void Dispose()
    {
        _socket.Dispose();
        _sandbox.Dispose();
    }

    [Fact]
    public void EgressRuleIsWhatNftWouldHaveWritten()
    {
        _socket.Commit(Egress());
        string listed = _sandbox.Run("nft", "list", "ruleset");
        Assert.Contains("type nat hook postrouting priority srcnat; policy accept;", listed, StringComparison.Ordinal);
        Assert.Contains(
            "ip saddr 10.87.1.0/24 ip daddr != 10.80.0.0/12 oifname != \"br0\" counter packets 0 bytes 0 masquerade comment \"flatnet: web\"",
            listed,
            StringComparison.Ordinal);
        JsonElement rule = _sandbox.Json("nft", "-j", "list", "chain", "inet", "flatnet", "egress").GetProperty("nftables")
            .EnumerateArray().Single(entry => entry.TryGetProperty("rule", out _)).GetProperty("rule");
        NftRule mine = Assert.Single(_socket.ListRules(Inet, "flatnet", "egress"));
        Assert.Equal((rule.GetProperty("handle").GetUInt64(), rule.Text("comment")), (mine.Handle, mine.Comment));
        Assert.Equal(new NftChain("egress", "nat", 4, 100, true), _socket.FindChain(Inet, "flatnet", "egress"));
    }

    // What nft prints has to be what it accepts: written back, the same rule results.
    [Fact]
    public void ListedRulesetCanBeLoadedAgain()
    {
        _socket.Commit(Egress());
        string listed = _sandbox.Run("nft", "--stateless", "list", "ruleset");
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "flush ruleset\n" + listed);
            _sandbox.Run("nft", "-f", file);
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Equal(listed, _sandbox.Run("nft", "--stateless", "list", "ruleset"));
    }

    [Fact]
    public void RulesComeAndGoOneByOne()
    {
        _socket.Commit(new NftTransaction()
            .AddTable(Inet, "flatnet")
            .AddChain(Inet, "flatnet", "c")
            .AddRule(Inet, "flatnet", "c", new NftExpressions().Counter().Accept(), "second")
            .AddRule(Inet, "flatnet", "c", new NftExpressions().Drop(), "")
            .InsertRule(Inet, "flatnet", "c", new NftExpressions().Return(), "first"));
        List<NftRule> rules = _socket.ListRules(Inet, "flatnet", "c");
        Assert.Equal(["first", "second", null], rules.ConvertAll(rule => rule.Comment));
        _socket.Commit(new NftTransaction().DeleteRule(Inet, "flatnet", "c", rules[1].Handle));
        Assert.Equal(["first", null], _socket.ListRules(Inet, "flatnet", "c").ConvertAll(rule => rule.Comment));
        NetlinkException error = Assert.Throws<NetlinkException>(
            () => _socket.Commit(new NftTransaction().DeleteRule(Inet, "flatnet", "c", rules[1].Handle)));
        Assert.True(error.Is(KernelError.ENOENT), error.Message);
        NetlinkException busy = Assert.Throws<NetlinkException>(() => _socket.Commit(new NftTransaction()
            .AddChain(Inet, "flatnet", "d").AddRule(Inet, "flatnet", "d", new NftExpressions().Jump("c"), "").DeleteChain(Inet, "flatnet", "c")));
        Assert.True(busy.Is(KernelError.EBUSY), busy.Message);
        Assert.Equal(["c"], _socket.ListChains(Inet, "flatnet"));
        _socket.Commit(new NftTransaction().FlushChain(Inet, "flatnet", "c").DeleteChain(Inet, "flatnet", "c"));
        Assert.Empty(_socket.ListChains(Inet, "flatnet"));
        _socket.Commit(new NftTransaction().DeleteTable(Inet, "flatnet"));
        Assert.Equal("", _sandbox.Run("nft", "list", "ruleset"));
    }

    [Fact]
    public void WhatIsMissingIsEmptyNotAnError()
    {
        Assert.Null(_socket.FindChain(Inet, "flatnet", "egress"));
        Assert.Empty(_socket.ListRules(Inet, "flatnet", "egress"));
        Assert.Empty(_socket.ListChains(Inet, "flatnet"));
        _socket.Commit(new NftTransaction().AddTable(Inet, "flatnet"));
        Assert.Null(_socket.FindChain(Inet, "flatnet", "egress"));
        Assert.Empty(_socket.ListRules(Inet, "flatnet", "egress"));
        Assert.Empty(_socket.ListChains(NftFamily.IPv4, "flatnet"));
    }

    [Fact]
    public void TransactionIsAllOrNothing()
    {
        NetlinkException error = Assert.Throws<NetlinkException>(() => _socket.Commit(Egress().DeleteChain(Inet, "flatnet", "nope")));
        Assert.Equal("delete chain flatnet nope: No such file or directory (ENOENT)", error.Message);
        Assert.Equal("", _sandbox.Run("nft", "list", "ruleset"));
        _socket.Commit(Egress());
        Assert.NotNull(_socket.FindChain(Inet, "flatnet", "egress"));
    }

    [Fact]
    public void RepeatedAdditionsAreFineExceptExclusiveOnes()
    {
        NftTransaction table = new NftTransaction().AddTable(Inet, "flatnet").AddChain(Inet, "flatnet", "c");
        _socket.Commit(table);
        _socket.Commit(table);
        NetlinkException error = Assert.Throws<NetlinkException>(
            () => _socket.Commit(new NftTransaction().AddChain(Inet, "flatnet", "c", exclusive: true)));
        Assert.True(error.Is(KernelError.EEXIST), error.Message);
    }

    [Fact]
    public void ChangeBySomebodyElseIsNoticed()
    {
        uint generation = _socket.Generation();
        _sandbox.Run("nft", "add", "table", "inet", "theirs");
        NetlinkException error = Assert.Throws<NetlinkException>(() => _socket.Commit(Egress(), generation));
        Assert.True(error.Is(KernelError.ERESTART));
        Assert.DoesNotContain("flatnet", _sandbox.Run("nft", "list", "ruleset"), StringComparison.Ordinal);
        _socket.Commit(Egress(), _socket.Generation());
        Assert.NotNull(_socket.FindChain(Inet, "flatnet", "egress"));
    }

    [Fact]
    public void SpoofCheckOnABridge()
    {
        _socket.Commit(new NftTransaction()
            .AddTable(NftFamily.Bridge, "flatnet")
            .AddBaseChain(NftFamily.Bridge, "flatnet", "spoof", "filter", NetfilterHook.PreRouting, NetfilterPriority.BridgeDestinationNat)
            .AddRule(
                NftFamily.Bridge,
                "flatnet",
                "spoof",
                new NftExpressions().MatchInputInterface("veth0").MatchEtherSource(MacAddress.FromBytes([2, 0, 0, 0, 0, 1]), negate: true).Drop(),
                "spoof"));
        string listed = _sandbox.Run("nft", "list", "table", "bridge", "flatnet");
        Assert.Contains("type filter hook prerouting priority dstnat; policy accept;", listed, StringComparison.Ordinal);
        Assert.Contains("iifname \"veth0\" ether saddr != 02:00:00:00:00:01 drop comment \"spoof\"", listed, StringComparison.Ordinal);
    }

    [Fact]
    public void IPv6Networks()
    {
        _socket.Commit(new NftTransaction().AddTable(Inet, "flatnet").AddChain(Inet, "flatnet", "c").AddRule(
            Inet,
            "flatnet",
            "c",
            new NftExpressions().MatchIPVersion(6).MatchSource(IPAddress.Parse("fd87::"), 64).MatchDestination(IPAddress.Parse("fd00::"), 61, negate: true).Accept(),
            ""));
        Assert.Contains("ip6 saddr fd87::/64 ip6 daddr != fd00::/61 accept", _sandbox.Run("nft", "list", "ruleset"), StringComparison.Ordinal);
    }

    [Fact]
    public void OurTablesDoNotDisturbIptables()
    {
        _socket.Commit(Egress());
        _sandbox.Run("iptables", "-t", "nat", "-A", "POSTROUTING", "-s", "192.0.2.0/24", "-j", "MASQUERADE");
        string listed = _sandbox.Run("sh", "-c", "iptables -S 2>&1; iptables -t nat -S 2>&1");
        Assert.DoesNotContain("incompatible", listed, StringComparison.Ordinal);
        Assert.Contains("-A POSTROUTING -s 192.0.2.0/24 -j MASQUERADE", listed, StringComparison.Ordinal);
        Assert.Single(_socket.ListRules(Inet, "flatnet", "egress"));
    }

    [Fact]
    public void IptablesCanListSuchRulesInItsOwnChains()
    {
        _sandbox.Run("iptables", "-t", "nat", "-A", "POSTROUTING", "-s", "192.0.2.0/24", "-j", "RETURN");
        _sandbox.Run("iptables", "-A", "FORWARD", "-s", "192.0.2.0/24", "-j", "RETURN");
        NftExpressions egress = new NftExpressions().MatchSource(IPAddress.Parse("10.87.1.0"), 24)
            .MatchDestination(IPAddress.Parse("10.80.0.0"), 12, negate: true).MatchOutputInterface("br0", negate: true).Counter().Return();
        NftExpressions forward = new NftExpressions().MatchInputInterface("br0").MatchOutputInterface("a-name-of-15-by")
            .MatchDestination(IPAddress.Parse("10.87.1.10"), 32).Counter().Accept();
        _socket.Commit(new NftTransaction()
            .AddRule(NftFamily.IPv4, "nat", "POSTROUTING", egress, "flatnet egress")
            .InsertRule(NftFamily.IPv4, "filter", "FORWARD", forward, "flatnet forward")
            .AddChain(NftFamily.IPv4, "filter", "FLATNET")
            .AddRule(NftFamily.IPv4, "filter", "FORWARD", new NftExpressions().Counter().Jump("FLATNET"), "")
            .AddRule(NftFamily.IPv4, "filter", "FLATNET", new NftExpressions().Counter().Drop(), ""));
        string nat = _sandbox.Run("iptables", "-t", "nat", "-S");
        Assert.Contains(
            "-A POSTROUTING -s 10.87.1.0/24 ! -d 10.80.0.0/12 ! -o br0 -m comment --comment \"flatnet egress\" -j RETURN", nat, StringComparison.Ordinal);
        string filter = _sandbox.Run("iptables", "-S");
        Assert.Contains(
            "-A FORWARD -d 10.87.1.10/32 -i br0 -o a-name-of-15-by -m comment --comment \"flatnet forward\" -j ACCEPT", filter, StringComparison.Ordinal);
        Assert.Contains("-A FORWARD -j FLATNET\n", filter, StringComparison.Ordinal);
        Assert.Contains("-A FLATNET -j DROP\n", filter, StringComparison.Ordinal);
        // Iptables says so when it meets what it cannot express.
        Assert.DoesNotContain("incompatible", _sandbox.Run("sh", "-c", "iptables -t nat -S 2>&1; iptables -S 2>&1"), StringComparison.Ordinal);
    }

    private static NftTransaction Egress() => new NftTransaction()
        .AddTable(Inet, "flatnet")
        .AddBaseChain(Inet, "flatnet", "egress", "nat", NetfilterHook.PostRouting, NetfilterPriority.SourceNat)
        .AddRule(
            Inet,
            "flatnet",
            "egress",
            new NftExpressions().MatchIPVersion(4).MatchSource(IPAddress.Parse("10.87.1.0"), 24)
                .MatchDestination(IPAddress.Parse("10.80.0.0"), 12, negate: true).MatchOutputInterface("br0", negate: true).Counter().Masquerade(),
            "flatnet: web");
}
