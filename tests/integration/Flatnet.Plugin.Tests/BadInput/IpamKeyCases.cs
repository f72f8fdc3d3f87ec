namespace Flatnet.Plugin.Tests.BadInput;

/// <summary>Every key of the <c>ipam</c> part, wrong in every way that host-local knows, in its words.</summary>
internal static class IpamKeyCases
{
    private const int DelegateNotFound = 120;
    private const int ResolvConfUnreadable = 116;

    public static IEnumerable<BadCase> All =>
    [
        BadCase.Key("ipam", "\"x\""), BadCase.Key("ipam.type", "5"), BadCase.Key("ipam.type", "\"../sh\"", "ipam.type", "../sh"),
        new("ipam.type names no plugin", DelegateNotFound, ["failed to find plugin \"nonesuch\" in path [/opt/cni/bin /usr/lib/cni]"], call => call.Set("ipam.type", "\"nonesuch\"")),
        new("ipam.type names a directory", DelegateNotFound, ["failed to find plugin \"cni\" in path [/usr/lib]"], call => call.Set("ipam.type", "\"cni\"").With("CNI_PATH", "/usr/lib")),
        .. Ranges,
        .. Routes,
        BadCase.Key("ipam.dataDir", "5"), BadCase.Key("ipam.dataDir", "\"state\""), BadCase.Key("ipam.dataDir", "\"/var/lib/../cni\""),
        BadCase.Key("ipam.lockTimeout", "-1"), BadCase.Key("ipam.lockTimeout", "\"long\""),
        BadCase.Key("ipam.resolvConf", "5"),
        new("resolvConf missing", ResolvConfUnreadable, ["resolvConf", "/etc/nonesuch.conf"], call => call.Set("ipam.resolvConf", "\"/etc/nonesuch.conf\"")),
        BadCase.Key("ipam.reservations", "[]"), BadCase.Key("ipam.reservations", "{\"web\":5}", "ipam.reservations.web", "5"),
        BadCase.Key("ipam.reservations", "{\"web\":\"x\"}", "ipam.reservations.web", "\"x\""),
        BadCase.Key("ipam.reservations", "{\"web\":\"192.0.2.1\"}", "ipam.reservations.web", "192.0.2.1"),
        BadCase.Key("ipam.reservations", "{\"web\":\"10.87.1.1\"}", "ipam.reservations.web", "10.87.1.1", "gateway"),
        BadCase.Key("ipam.reservations", "{\"web\":\"10.87.1.9\",\"db\":\"10.87.1.9\"}", "ipam.reservations", "10.87.1.9", "web", "db"),
    ];

    private static IEnumerable<BadCase> Ranges =>
    [
        BadCase.Key("ipam.ranges", "null", "no IP ranges specified"), BadCase.Key("ipam.ranges", "[]", "no IP ranges specified"),
        BadCase.Key("ipam.ranges", "\"x\""), BadCase.Key("ipam.ranges", "[\"x\"]", "ipam.ranges[0]", "\"x\""), BadCase.Key("ipam.ranges", "[[5]]", "ipam.ranges[0][0]", "5"),
        BadCase.Key("ipam.ranges", "[[]]", "invalid range set 0"), BadCase.Key("ipam.ranges", "[[{}]]", "invalid range set 0", "ipam.ranges[0][0].subnet"),
        Range("{\"subnet\":\"10.87.1.0\"}", "ipam.ranges[0][0].subnet", "\"10.87.1.0\""),
        Range("{\"subnet\":\"10.87.1.0/33\"}", "ipam.ranges[0][0].subnet", "10.87.1.0/33"),
        Range("{\"subnet\":\"010.87.1.0/24\"}", "ipam.ranges[0][0].subnet", "010.87.1.0/24"),
        Range("{\"subnet\":\"10.87.1.5/24\"}", "invalid range set 0: Network has host bits set", "length 24", "10.87.1.0"),
        Range("{\"subnet\":\"10.87.1.0/31\"}", "invalid range set 0: Network 10.87.1.0/31 too small to allocate from"),
        Range("{\"subnet\":\"fd00::/127\"}", "invalid range set 0: Network fd00::/127 too small to allocate from"),
        Range("{\"subnet\":\"10.87.1.0/24\",\"rangeStart\":\"10.87.2.5\"}", "invalid range set 0: RangeStart 10.87.2.5 not in network 10.87.1.0/24"),
        Range("{\"subnet\":\"10.87.1.0/24\",\"rangeEnd\":\"10.87.2.5\"}", "invalid range set 0: RangeEnd 10.87.2.5 not in network 10.87.1.0/24"),
        Range("{\"subnet\":\"10.87.1.0/24\",\"rangeStart\":\"10.87.1.9\",\"rangeEnd\":\"10.87.1.5\"}", "invalid range set 0: RangeStart 10.87.1.9 not in network 10.87.1.0/24"),
        Range("{\"subnet\":\"10.87.1.0/24\",\"rangeStart\":\"x\"}", "ipam.ranges[0][0].rangeStart", "\"x\""),
        Range("{\"subnet\":\"10.87.1.0/24\",\"rangeEnd\":5}", "ipam.ranges[0][0].rangeEnd", "5"),
        Range("{\"subnet\":\"10.87.1.0/24\",\"gateway\":\"10.87.1\"}", "ipam.ranges[0][0].gateway", "\"10.87.1\""),
        BadCase.Key("ipam.ranges", """[[{"subnet":"10.87.1.0/24"},{"subnet":"fd00::/64"}]]""", "invalid range set 0: mixed address families"),
        BadCase.Key("ipam.ranges", """[[{"subnet":"10.87.1.0/24"},{"subnet":"10.87.1.128/25"}]]""", "invalid range set 0: subnets", "overlap"),
        BadCase.Key("ipam.ranges", """[[{"subnet":"10.87.1.0/24"}],[{"subnet":"10.87.0.0/16"}]]""", "range set 0 overlaps with 1"),
        BadCase.Key("ipam.subnet", "\"10.99.0.1/24\"", "invalid range set 0: Network has host bits set"),
        BadCase.Key("ipam.subnet", "5"),
        BadCase.Key("runtimeConfig.ipRanges", "\"x\""),
        BadCase.Key("runtimeConfig.ipRanges", """[[{"subnet":"10.99.0.1/24"}]]""", "invalid range set 0: Network has host bits set"),
    ];

    private static IEnumerable<BadCase> Routes =>
    [
        BadCase.Key("ipam.routes", "\"x\""), BadCase.Key("ipam.routes", "[5]", "ipam.routes[0]", "5"), BadCase.Key("ipam.routes", "[{}]", "ipam.routes[0].dst"),
        Route("{\"dst\":\"10.0.0.0\"}", "dst", "\"10.0.0.0\""), Route("{\"dst\":\"10.0.0.0/8\",\"gw\":\"x\"}", "gw", "\"x\""),
        Route("{\"dst\":\"10.0.0.0/8\",\"gw\":\"fd00::1\"}", "gw", "fd00::1"), Route("{\"dst\":\"10.0.0.0/8\",\"mtu\":-1}", "mtu", "-1"),
        Route("{\"dst\":\"10.0.0.0/8\",\"advmss\":\"x\"}", "advmss", "\"x\""), Route("{\"dst\":\"10.0.0.0/8\",\"priority\":-5}", "priority", "-5"),
        Route("{\"dst\":\"10.0.0.0/8\",\"table\":-1}", "table", "-1"), Route("{\"dst\":\"10.0.0.0/8\",\"scope\":256}", "scope", "256"),
    ];

    private static BadCase Range(string json, params string[] mentions)
    {
        return BadCase.Key("ipam.ranges", $"[[{json}]]", mentions);
    }

    private static BadCase Route(string json, string key, string value)
    {
        return BadCase.Key("ipam.routes", $"[{json}]", $"ipam.routes[0].{key}", value);
    }
}
