using System.Net;

namespace Flatnet.Ipam;

/// <summary>Everything the configuration says about addresses, validated.</summary>
public sealed record IpamConfiguration
{
    /// <summary>Where state lives unless <c>dataDir</c> says otherwise.</summary>
    public const string DefaultDataDirectory = "/var/lib/cni";

    /// <summary>How long to wait for the lock unless <c>lockTimeout</c> says otherwise.</summary>
    public static TimeSpan DefaultLockTimeout => TimeSpan.FromSeconds(10);

    /// <summary>Name of the network; safe as a file name.</summary>
    public required string NetworkName { get; init; }

    /// <summary>The range sets; each gives a container one address. At least one.</summary>
    public required IReadOnlyList<RangeSet> RangeSets { get; init; }

    /// <summary>Routes for the result.</summary>
    public IReadOnlyList<Route> Routes { get; init; } = [];

    /// <summary>Addresses asked for by any of the three sources, each once.</summary>
    public IReadOnlyList<IPAddress> RequestedAddresses { get; init; } = [];

    /// <summary>Absolute directory that holds one directory per network.</summary>
    public string DataDirectory { get; init; } = DefaultDataDirectory;

    /// <summary>A file in resolv.conf(5) form that becomes the result's DNS settings.</summary>
    public string? ResolvConf { get; init; }

    /// <summary>Static reservations: container name to address.</summary>
    public IReadOnlyDictionary<string, IPAddress> Reservations { get; init; } = new Dictionary<string, IPAddress>();

    /// <summary>How long to wait for the lock.</summary>
    public TimeSpan LockTimeout { get; init; } = DefaultLockTimeout;
}
