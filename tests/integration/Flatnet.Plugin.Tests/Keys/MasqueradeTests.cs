using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Keys;

/// <summary><c>ipMasq</c>, <c>ipMasqBackend</c> and <c>firewall</c>.</summary>
public sealed class MasqueradeTests : IDisposable
{
    private const string Comment = "flatnet fn egress 10.87.1.0/24";

    private readonly Host _host = new();

    public void Dispose()
    {
        _host.Dispose();
    }

    [PluginFact]
    public void One_rule_per_subnet_serves_all_containers()
    {
        JsonObject configuration = Configurations.DualStack("""{"ipMasq":true}""");

        _host.Add(configuration, _host.AddContainer("c1"));
        _host.Add(configuration, _host.AddContainer("c2"));

        Assert.Equal([Comment, "flatnet fn egress fd00:87::/64"], _host.RuleComments());
    }

    [PluginFact]
    public void A_packet_that_leaves_the_subnet_carries_the_host_s_address()
    {
        using Uplink uplink = new(_host.Sandbox);
        Node node = _host.AddContainer();
        _host.Add(Configurations.IPv4("""{"ipMasq":true}"""), node);

        Assert.Equal(Uplink.HostAddress, Traffic.From(node).AddressSeenBy(Uplink.OutsideAddress));
    }

    [PluginFact]
    public void Without_ipMasq_there_is_no_rule_at_all()
    {
        _host.Add(Configurations.IPv4(), _host.AddContainer());

        Assert.Empty(_host.RuleComments());
    }

    [PluginFact]
    public void Flushed_rules_come_back_with_the_next_container()
    {
        JsonObject configuration = Configurations.IPv4("""{"ipMasq":true}""");
        _host.Add(configuration, _host.AddContainer("c1"));
        _host.Sandbox.Run("nft", "flush", "ruleset");

        _host.Add(configuration, _host.AddContainer("c2"));

        Assert.Equal([Comment], _host.RuleComments());
    }

    [PluginFact("iptables")]
    public void The_iptables_backend_writes_and_removes_an_iptables_rule()
    {
        JsonObject configuration = Configurations.IPv4("""{"ipMasq":true,"ipMasqBackend":"iptables"}""");
        Node node = _host.AddContainer();

        _host.Add(configuration, node);
        string rules = _host.Sandbox.Run("iptables", "-t", "nat", "-S", "POSTROUTING").Text;
        Assert.Contains($"-s 10.87.1.0/24 ! -d 10.87.1.0/24 -m comment --comment \"{Comment}\" -j MASQUERADE", rules, StringComparison.Ordinal);
        Assert.DoesNotContain("table inet flatnet", _host.Sandbox.Run("nft", "list", "tables").Text, StringComparison.Ordinal);

        _host.Del(configuration, node);
        Assert.DoesNotContain("flatnet", _host.Sandbox.Run("iptables", "-t", "nat", "-S", "POSTROUTING").Text, StringComparison.Ordinal);
    }

    [PluginFact]
    public void The_nftables_backend_writes_its_own_table()
    {
        _host.Add(Configurations.IPv4("""{"ipMasq":true,"ipMasqBackend":"nftables"}"""), _host.AddContainer());

        Assert.Equal("table inet flatnet", _host.Sandbox.Run("nft", "list", "tables").Text);
        Assert.Equal([Comment], _host.RuleComments());
    }

    [PluginFact]
    public void Firewall_none_means_no_rule_of_any_kind()
    {
        JsonObject configuration = Configurations.IPv4("""{"ipMasq":true,"macspoofchk":true,"firewall":"none"}""");
        _host.Sandbox.Shell("nft add table ip filter; nft 'add chain ip filter FORWARD { type filter hook forward priority 0; policy drop; }'");
        string before = _host.Sandbox.Run("nft", "list", "ruleset").Text;
        Node node = _host.AddContainer();

        JsonObject result = _host.Add(configuration, node);

        Assert.Equal(before, _host.Sandbox.Run("nft", "list", "ruleset").Text);
        _host.Check(configuration, result, node).ExpectSuccess();
        _host.Del(configuration, node);
        Assert.Equal(before, _host.Sandbox.Run("nft", "list", "ruleset").Text);
    }

    // A rule's comment, which is its key, has room for 127 bytes and none for quotation marks.
    [PluginTheory]
    [InlineData(200, 1, "eth0")]
    [InlineData(40, 64, "fifteen-bytes-x")]
    [InlineData(2, 150, "eth0")]
    [InlineData(2, 1, "a\"b")]
    public void Long_and_odd_names_are_no_obstacle(int networkLength, int containerLength, string interfaceName)
    {
        JsonObject configuration = Configurations.IPv4($$"""{"ipMasq":true,"macspoofchk":true,"name":"{{new string('n', networkLength)}}"}""");
        Node node = _host.AddContainer();
        Node other = _host.AddContainer("c2");
        _host.Add(configuration, other);

        JsonObject result = JsonNode.Parse(Call("ADD").ExpectSuccess().Output)!.AsObject();
        Assert.Equal(3, _host.RuleComments().Distinct().Count());
        configuration["prevResult"] = result;
        Call("CHECK").ExpectSuccess();

        configuration["cni.dev/valid-attachments"] = new JsonArray(
            new JsonObject { ["containerID"] = new string('c', containerLength), ["ifname"] = interfaceName },
            new JsonObject { ["containerID"] = "c2", ["ifname"] = "eth0" });
        _host.Call("GC", configuration).ExpectSuccess();
        Call("CHECK").ExpectSuccess();

        Call("DEL").ExpectSuccess();
        Assert.Equal(2, _host.RuleComments().Count);
        _host.Del(configuration, other);
        Assert.Empty(_host.RuleComments());
        Assert.Equal(["lo"], Kernel.Of(_host).Links());

        CommandResult Call(string command)
        {
            return new RawCall(command, configuration, node, interfaceName).With("CNI_CONTAINERID", new string('c', containerLength)).Run(_host.Sandbox);
        }
    }
}
