namespace Flatnet.Plugin.Tests.BadInput;

/// <summary>Every key of the bridge configuration with a wrong type and with a value out of its range.</summary>
internal static class BridgeKeyCases
{
    private static readonly string[] Switches =
    [
        "isGateway", "isDefaultGateway", "forceAddress", "ipMasq", "hairpinMode", "promiscMode", "preserveDefaultVlan", "macspoofchk", "enabledad",
        "disableContainerInterface", "portIsolation", "manageBridge",
    ];

    public static IEnumerable<BadCase> All =>
    [
        .. Switches.SelectMany(key => new[] { BadCase.Key(key, "\"yes\""), BadCase.Key(key, "1"), BadCase.Key(key, "[]") }),
        BadCase.Key("bridge", "5"), BadCase.Key("bridge", "{}"), BadCase.Key("bridge", "\"\""), BadCase.Key("bridge", "\"sixteen-bytes-xx\""),
        BadCase.Key("bridge", "\"a/b\""), BadCase.Key("bridge", "\"a b\""), BadCase.Key("bridge", "\"..\""),
        BadCase.Key("mtu", "\"big\""), BadCase.Key("mtu", "true"), BadCase.Key("mtu", "1500.5"), BadCase.Key("mtu", "1e10"), BadCase.Key("mtu", "67"),
        BadCase.Key("mtu", "65536"), BadCase.Key("mtu", "-1"),
        BadCase.Key("vlan", "\"x\""), BadCase.Key("vlan", "-1"), BadCase.Key("vlan", "4095"), BadCase.Key("vlan", "1.5"), BadCase.Key("vlan", "[5]"),
        BadCase.Key("vlanTrunk", "\"x\""), BadCase.Key("vlanTrunk", "{}"), BadCase.Key("vlanTrunk", "[5]", "vlanTrunk[0]", "5"),
        BadCase.Key("vlanTrunk", "[{\"id\":0}]", "vlanTrunk[0].id", "0"), BadCase.Key("vlanTrunk", "[{\"id\":1},{\"id\":4095}]", "vlanTrunk[1].id", "4095"),
        BadCase.Key("vlanTrunk", "[{\"id\":\"x\"}]", "vlanTrunk[0].id", "\"x\""), BadCase.Key("vlanTrunk", "[{\"minID\":5}]", "vlanTrunk[0]", "minID", "maxID"),
        BadCase.Key("vlanTrunk", "[{\"maxID\":5}]", "vlanTrunk[0]", "minID", "maxID"), BadCase.Key("vlanTrunk", "[{\"minID\":9,\"maxID\":5}]", "vlanTrunk[0]", "9", "5"),
        BadCase.Key("vlanTrunk", "[{\"minID\":0,\"maxID\":5}]", "vlanTrunk[0].minID", "0"), BadCase.Key("vlanTrunk", "[{\"minID\":1,\"maxID\":5000}]", "vlanTrunk[0].maxID", "5000"),
        BadCase.Key("ipMasqBackend", "5"), BadCase.Key("ipMasqBackend", "\"pf\"", "unknown ipmasq backend", "ipMasqBackend", "pf"),
        BadCase.Key("firewall", "true"), BadCase.Key("firewall", "\"maybe\""),
        BadCase.Key("logFile", "5"), BadCase.Key("logFile", "\"relative.log\""), BadCase.Key("logFile", "\"/var/../log\""), BadCase.Key("logFile", "\"/var/log/\""),
        BadCase.Key("dns", "\"x\""), BadCase.Key("dns.nameservers", "\"x\""), BadCase.Key("dns.nameservers", "[5]", "dns.nameservers[0]", "5"),
        BadCase.Key("dns.domain", "5"), BadCase.Key("dns.search", "{}"), BadCase.Key("dns.options", "[true]", "dns.options[0]", "true"),
        BadCase.Key("runtimeConfig", "\"x\""), BadCase.Key("runtimeConfig.dns", "\"x\""), BadCase.Key("runtimeConfig.dns.servers", "[5]", "runtimeConfig.dns.servers", "5"),
        BadCase.Key("runtimeConfig.dns.searches", "5"), BadCase.Key("args", "5"), BadCase.Key("args.cni", "[]"),
        BadCase.Key("BRIDGE", "7", "bridge", "7"),
        new("bridge twice, the last wrong", 7, ["bridge", "7"], call => call.Input = call.Configuration.ToJsonString()[..^1] + ",\"Bridge\":7}"),
    ];
}
