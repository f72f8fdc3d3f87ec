namespace Flatnet.Cli.Addresses;

/// <summary>Who says that a container has an address; the most trusted first.</summary>
internal enum AddressSource
{
    /// <summary>Podman, about containers that run.</summary>
    Podman,

    /// <summary>The leases of Flatnet's address management.</summary>
    Ipam,

    /// <summary>The records of host-local, which a network may have used before.</summary>
    HostLocal,

    /// <summary>The gateway's registry.</summary>
    Registry,
}
