namespace Flatnet.Cli.Addresses;

/// <summary>What the sources are called in output.</summary>
internal static class AddressSourceNames
{
    public static string Name(this AddressSource source) => source switch
    {
        AddressSource.Podman => "podman",
        AddressSource.Ipam => "ipam",
        AddressSource.HostLocal => "host-local",
        _ => "registry",
    };
}
