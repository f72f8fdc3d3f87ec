namespace Flatnet.Plugin.Tests.BadInput;

/// <summary>Keys that are good by themselves and cannot go together.</summary>
internal static class ContradictionCases
{
    private const int Incompatible = 1;
    private const int InvalidConfiguration = 7;

    public static IEnumerable<BadCase> All =>
    [
        new("hairpin and promiscuous", InvalidConfiguration, ["hairpinMode", "promiscMode", "cannot set hairpin mode and promiscuous mode at the same time"],
            call => call.Set("hairpinMode", "true").Set("promiscMode", "true")),
        new("addresses on a disabled interface", InvalidConfiguration, ["disableContainerInterface", "ipam.type", "flatnet-ipam"],
            call => call.Set("disableContainerInterface", "true")),
        new("no room for the VLAN's gateway name", InvalidConfiguration, ["bridge", "vlan", "thirteen-long.100"],
            call => call.Set("bridge", "\"thirteen-long\"").Set("vlan", "100")),
        .. new[] { "0.1.0", "0.2.0" }.Select(version => new BadCase(
            $"layer 2 in {version}", Incompatible, ["cannot convert: no valid IP addresses", version], call =>
            {
                call.Set("cniVersion", $"\"{version}\"");
                call.Configuration.Remove("ipam");
            })),
        new("two IPv4 addresses in 0.2.0", InvalidConfiguration, ["CNI version 0.2.0 does not support more than 1 address per family"],
            call => call.Set("cniVersion", "\"0.2.0\"").Set("ipam.ranges", """[[{"subnet":"10.87.1.0/24"}],[{"subnet":"10.87.2.0/24"}]]""")),
        new("two IPv6 addresses without a version", InvalidConfiguration, ["CNI version 0.1.0 does not support more than 1 address per family"], call =>
        {
            call.Set("ipam.ranges", """[[{"subnet":"fd00:1::/64"}],[{"subnet":"fd00:2::/64"}]]""");
            call.Configuration.Remove("cniVersion");
        }),
    ];
}
