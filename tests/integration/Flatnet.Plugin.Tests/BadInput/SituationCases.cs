namespace Flatnet.Plugin.Tests.BadInput;

/// <summary>A good call that this host, as it is now, cannot serve.</summary>
internal static class SituationCases
{
    private const int InterfaceExists = 102;
    private const int DuplicateAllocation = 113;

    public static IEnumerable<BadCase> All =>
    [
        new("interface exists in the container", InterfaceExists, [BadInputHost.TakenInterface, "already exists"], call => call.With("CNI_IFNAME", BadInputHost.TakenInterface)),
        new("interface lo", InterfaceExists, ["\"lo\"", "already exists"], call => call.With("CNI_IFNAME", "lo")),
        new("the same attachment again", InterfaceExists, ["\"eth0\"", "already exists"],
            call => call.With("CNI_CONTAINERID", "c1").With("CNI_NETNS", "/run/netns/c1")),
        new("another container's interface", InterfaceExists, ["\"eth0\"", "already exists"], call => call.With("CNI_NETNS", "/run/netns/c1")),
        new("the same attachment in another namespace", DuplicateAllocation,
            [$"{BadInputHost.TakenAddress} has been allocated to c1, duplicate allocation is not allowed"], call => call.With("CNI_CONTAINERID", "c1")),
    ];
}
