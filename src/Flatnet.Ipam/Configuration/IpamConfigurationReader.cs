using System.Globalization;

namespace Flatnet.Ipam;

/// <summary>Reads the <c>ipam</c> object and what belongs to it: host-local's shape (its README), and Flatnet's own keys
/// <c>reservations</c> and <c>lockTimeout</c>.</summary>
public static class IpamConfigurationReader
{
    /// <summary>Reads and validates.</summary>
    /// <param name="network">The whole plugin configuration: <c>name</c>, <c>cniVersion</c>, <c>ipam</c>, <c>args</c>,
    /// <c>runtimeConfig</c>.</param>
    /// <param name="requestedByArgs">The value of <c>IP</c> in CNI_ARGS, if there is one.</param>
    /// <exception cref="ConfigException">Something is missing or wrong.</exception>
    public static IpamConfiguration Read(ConfigObject network, string? requestedByArgs)
    {
        string name = network.String("name") ?? "";
        if (name.Length == 0)
        {
            throw new ConfigException("missing network name");
        }

        if (!NetworkName.IsValid(name))
        {
            throw new ConfigException("invalid characters found in network name", name);
        }

        ConfigObject ipam = network.Object("ipam") ?? throw new ConfigException("IPAM config missing 'ipam' key");
        ConfigObject? runtime = network.Object("runtimeConfig");
        List<RangeSet> sets = RangeReader.Read(ipam, runtime);
        RefuseSecondAddress(network.String("cniVersion"), sets);

        return new IpamConfiguration
        {
            NetworkName = name,
            RangeSets = sets,
            Routes = ipam.Element("routes") is { } routes ? RouteReader.Read(routes, ipam.PathOf("routes")) : [],
            RequestedAddresses = RequestedAddressReader.Read(requestedByArgs, network, runtime),
            DataDirectory = DataDirectory(ipam),
            ResolvConf = ipam.String("resolvConf") is { Length: > 0 } file ? file : null,
            Reservations = ReservationReader.Read(ipam, sets),
            LockTimeout = LockTimeout(ipam),
        };
    }

    /// <summary>Reads what releasing and collecting garbage need of a configuration that <see cref="Read"/> refuses: which
    /// network, and where its leases are. A directory that cannot be used becomes the default one.</summary>
    /// <param name="network">The whole plugin configuration.</param>
    /// <param name="name">The name of the network, already checked.</param>
    public static IpamConfiguration ReadForRemoval(ConfigObject network, string name)
    {
        string directory = IpamConfiguration.DefaultDataDirectory;
        try
        {
            directory = network.Object("ipam") is { } ipam ? DataDirectory(ipam) : directory;
        }
        catch (ConfigException)
        {
            // An ADD with this directory was refused, so nothing was ever stored there.
        }

        return new IpamConfiguration { NetworkName = name, RangeSets = [], DataDirectory = directory };
    }

    /// <summary>Result formats before 0.3.0 have one slot per family.</summary>
    private static void RefuseSecondAddress(string? version, List<RangeSet> sets)
    {
        if (!IsBefore030(version ?? "0.1.0"))
        {
            return;
        }

        int ipv4 = 0;
        foreach (RangeSet set in sets)
        {
            ipv4 += set.IsIPv4 ? 1 : 0;
        }

        if (ipv4 > 1 || sets.Count - ipv4 > 1)
        {
            throw new ConfigException($"CNI version {version ?? "0.1.0"} does not support more than 1 address per family");
        }
    }

    private static bool IsBefore030(string version)
    {
        int dot = version.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || version.AsSpan(0, dot) is not "0")
        {
            return version.Length == 0 || version == "0";
        }

        ReadOnlySpan<char> rest = version.AsSpan(dot + 1);
        int end = rest.IndexOf('.');
        ReadOnlySpan<char> minor = end < 0 ? rest : rest[..end];
        return int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < 3;
    }

    private static string DataDirectory(ConfigObject ipam)
    {
        string? directory = ipam.String("dataDir");
        if (string.IsNullOrEmpty(directory))
        {
            return IpamConfiguration.DefaultDataDirectory;
        }

        bool climbs = false;
        foreach (string part in directory.Split('/'))
        {
            climbs |= part == "..";
        }

        if (directory[0] != '/' || climbs || directory.Contains('\0', StringComparison.Ordinal))
        {
            throw ipam.Invalid("dataDir", "an absolute path without \"..\"");
        }

        return directory.Length == 1 ? directory : directory.TrimEnd('/');
    }

    private static TimeSpan LockTimeout(ConfigObject ipam) => ipam.Int("lockTimeout") switch
    {
        null => IpamConfiguration.DefaultLockTimeout,
        { } milliseconds and >= 0 => TimeSpan.FromMilliseconds(milliseconds),
        _ => throw ipam.Invalid("lockTimeout", "a number of milliseconds, 0 or more"),
    };
}
