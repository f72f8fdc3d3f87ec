namespace Flatnet.Plugin.Tests.BadInput;

/// <summary>An address somebody asked for and cannot have, from each of its three sources.</summary>
internal static class RequestedAddressCases
{
    private const int InvalidConfiguration = 7;
    private const int Exhausted = 110;
    private const int Unavailable = 111;
    private const int NotInRange = 112;

    public static IEnumerable<BadCase> All =>
    [
        .. FromAnywhere("10.99.0.5", NotInRange, "failed to allocate all requested IPs: 10.99.0.5"),
        .. FromAnywhere("fd00:87::5", NotInRange, "failed to allocate all requested IPs: fd00:87::5"),
        .. FromAnywhere(Configurations.Gateway, Unavailable, $"failed to allocate for range 0: requested ip {Configurations.Gateway} is subnet's gateway"),
        .. FromAnywhere(
            BadInputHost.TakenAddress,
            Unavailable,
            $"failed to allocate for range 0: requested IP address {BadInputHost.TakenAddress} is not available in range set 10.87.1.1-10.87.1.254",
            "container c1 has it on eth0"),
        .. FromAnywhere("10.87.1", InvalidConfiguration, "\"10.87.1\""),
        .. FromAnywhere("10.87.1.300", InvalidConfiguration, "\"10.87.1.300\""),
        .. FromAnywhere("10.87.1.9/40", InvalidConfiguration, "\"10.87.1.9/40\""),
        .. FromAnywhere("010.87.1.9", InvalidConfiguration, "\"010.87.1.9\""),
        BadCase.Key("runtimeConfig.ips", "\"10.87.1.9\""),
        BadCase.Key("runtimeConfig.ips", "[5]", "runtimeConfig.ips[0]", "5"),
        BadCase.Key("args.cni.ips", "{}"),
        new("two addresses for one range", NotInRange, ["failed to allocate all requested IPs"], call => call.Set("runtimeConfig.ips", "[\"10.87.1.8\",\"10.87.1.9\"]")),
        new("pool exhausted", Exhausted, ["failed to allocate for range 0: no IP addresses available in range set: 10.87.1.2-10.87.1.2", "network \"fn\"", "1 of 1"],
            call => call.Set("ipam.ranges", """[[{"subnet":"10.87.1.0/24","rangeStart":"10.87.1.2","rangeEnd":"10.87.1.2"}]]""")),
    ];

    private static IEnumerable<BadCase> FromAnywhere(string address, int code, params string[] mentions)
    {
        return
        [
            new($"runtimeConfig.ips {address}", code, Also("runtimeConfig.ips[0]"), call => call.Set("runtimeConfig.ips", $"[\"{address}\"]")),
            new($"args.cni.ips {address}", code, Also("args.cni.ips[0]"), call => call.Set("args.cni.ips", $"[\"{address}\"]")),
            new($"CNI_ARGS IP={address}", code, Also("CNI_ARGS"), call => call.With("CNI_ARGS", $"IP={address}")),
        ];

        // What cannot even be read is the fault of a key.
        string[] Also(string source)
        {
            return code == InvalidConfiguration ? [source, .. mentions] : mentions;
        }
    }
}
