using System.Text.Json;
using Flatnet.Cni.Protocol;
using Flatnet.Ipam;
using Flatnet.Netlink;

namespace Flatnet.Cni.Configuration;

/// <summary>Turns the plugin's JSON into a <see cref="NetworkConfiguration"/>, or says which key holds what it must not.</summary>
internal static class NetworkConfigurationReader
{
    private const int MinMtu = 68;
    private const int MaxMtu = 65535;

    /// <summary>Reads and validates every key.</summary>
    /// <exception cref="ConfigException">A key's value is of the wrong type, out of range, or contradicts another.</exception>
    /// <exception cref="CniException">Code 4: <c>CNI_ARGS</c> cannot be parsed.</exception>
    public static NetworkConfiguration Read(ConfigObject source, string name, string version, string arguments)
    {
        CniArguments args = CniArguments.Parse(arguments);
        string bridge = source.String("bridge") ?? NetworkConfiguration.DefaultBridge;
        if (InterfaceName.Problem(bridge) is { } problem)
        {
            throw new ConfigException($"bridge: \"{bridge}\": {problem.Message}", problem.Details);
        }

        var configuration = new NetworkConfiguration
        {
            Source = source,
            Name = name,
            CniVersion = version,
            Bridge = bridge,
            IpamType = ReadIpamType(source),
            IsGateway = source.Bool("isGateway") || source.Bool("isDefaultGateway"),
            IsDefaultGateway = source.Bool("isDefaultGateway"),
            ForceAddress = source.Bool("forceAddress"),
            IpMasq = source.Bool("ipMasq"),
            IpMasqBackend = ReadChoice(source, "ipMasqBackend", "unknown ipmasq backend", "iptables", "nftables"),
            Mtu = ReadMtu(source),
            HairpinMode = source.Bool("hairpinMode"),
            PromiscMode = source.Bool("promiscMode"),
            Vlan = ReadVlan(source),
            VlanTrunk = source.Array("vlanTrunk") is { } trunk ? VlanTrunkReader.Read(trunk) : null,
            PreserveDefaultVlan = source.Bool("preserveDefaultVlan"),
            MacSpoofCheck = source.Bool("macspoofchk"),
            EnableDad = source.Bool("enabledad"),
            DisableContainerInterface = source.Bool("disableContainerInterface"),
            PortIsolation = source.Bool("portIsolation"),
            Dns = ReadDns(source),
            Mac = ReadMac(source, args),
            ManageBridge = source.Bool("manageBridge", true),
            UsesFirewall = ReadChoice(source, "firewall", "unknown firewall mode", "auto", "none") != "none",
            Arguments = args,
        };
        LogFile.Check(source);
        CheckCombinations(configuration);
        return configuration;
    }

    /// <summary>
    /// What DEL needs of a configuration that no longer validates: enough to find and remove what an earlier ADD made.
    /// </summary>
    public static NetworkConfiguration ReadForRemoval(ConfigObject source, string name, string version) => new()
    {
        Source = source,
        Name = name,
        CniVersion = version,
        Bridge = TryText(source, "bridge") is { } bridge && InterfaceName.Problem(bridge) is null ? bridge : NetworkConfiguration.DefaultBridge,
        IpamType = source.Element("ipam") is { ValueKind: JsonValueKind.Object } ipam ? TryText(new ConfigObject(ipam, "ipam"), "type") : null,
        MacSpoofCheck = true,
        ManageBridge = source.Element("manageBridge")?.ValueKind != JsonValueKind.False,
        UsesFirewall = TryText(source, "firewall") != "none",
    };

    private static string? TryText(ConfigObject source, string key) =>
        source.Element(key) is { ValueKind: JsonValueKind.String } element && element.GetString() is { Length: > 0 } text ? text : null;

    private static string? ReadIpamType(ConfigObject source)
    {
        string? type = source.Object("ipam")?.String("type");
        if (string.IsNullOrEmpty(type))
        {
            return null;
        }

        return type.Contains('/', StringComparison.Ordinal)
            ? throw new ConfigException($"ipam.type: \"{type}\" must not contain '/'", "name a plugin in CNI_PATH")
            : type;
    }

    private static string? ReadChoice(ConfigObject source, string key, string problem, string first, string second)
    {
        string? value = source.String(key);
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        return value == first || value == second
            ? value
            : throw new ConfigException($"{key}: {problem} \"{value}\"", $"use \"{first}\" or \"{second}\"");
    }

    private static int ReadMtu(ConfigObject source)
    {
        int mtu = source.Int("mtu") ?? 0;
        return mtu is 0 or (>= MinMtu and <= MaxMtu)
            ? mtu
            : throw new ConfigException($"mtu: {mtu} is out of range", $"use {MinMtu} to {MaxMtu}, or 0 for the uplink's");
    }

    private static int ReadVlan(ConfigObject source)
    {
        int vlan = source.Int("vlan") ?? 0;
        return vlan is >= 0 and <= VlanRange.MaxId
            ? vlan
            : throw new ConfigException($"vlan: invalid VLAN ID {vlan} (must be between 0 and {VlanRange.MaxId})");
    }

    private static DnsSettings? ReadDns(ConfigObject source)
    {
        // The capability (containerd, Kubernetes) speaks for one container, the key for the whole network.
        if (source.Object("runtimeConfig")?.Object("dns") is { } capability)
        {
            DnsSettings settings = DnsCapability.Read(capability);
            if (!settings.IsEmpty)
            {
                return settings;
            }
        }

        if (source.Object("dns") is not { } dns)
        {
            return null;
        }

        bool replaces = dns.Has("nameservers") || dns.Has("search") || dns.Has("options") || !string.IsNullOrEmpty(dns.String("domain"));
        return replaces ? DnsReader.Read(dns) : null;
    }

    private static MacAddress? ReadMac(ConfigObject source, CniArguments args)
    {
        (string Key, string? Text)[] sources =
        [
            ("runtimeConfig.mac", source.Object("runtimeConfig")?.String("mac")),
            ("args.cni.mac", source.Object("args")?.Object("cni")?.String("mac")),
            ("CNI_ARGS MAC", args.Mac),
        ];
        foreach ((string key, string? text) in sources)
        {
            if (string.IsNullOrEmpty(text))
            {
                continue;
            }

            if (!MacAddress.TryParse(text, out MacAddress mac))
            {
                throw new ConfigException($"{key}: \"{text}\" is not a MAC address", "write six hexadecimal bytes, as in 02:00:0a:57:01:05");
            }

            return mac.IsZero || mac.IsMulticast
                ? throw new ConfigException($"{key}: \"{text}\" cannot be an interface's address", "a multicast or zero MAC belongs to no interface")
                : mac;
        }

        return null;
    }

    private static void CheckCombinations(NetworkConfiguration configuration)
    {
        if (configuration is { HairpinMode: true, PromiscMode: true })
        {
            throw new ConfigException("hairpinMode, promiscMode: cannot set hairpin mode and promiscuous mode at the same time");
        }

        if (configuration is { DisableContainerInterface: true, IpamType: { } type })
        {
            throw new ConfigException($"disableContainerInterface, ipam.type \"{type}\": cannot use IPAM when DisableContainerInterface flag is set");
        }

        if (configuration is { IsGateway: true, IsLayer2: false, Vlan: > 0 } && InterfaceName.Problem($"{configuration.Bridge}.{configuration.Vlan}") is { } problem)
        {
            throw new ConfigException(
                $"bridge, vlan: the gateway's interface would be \"{configuration.Bridge}.{configuration.Vlan}\": {problem.Message}", "choose a shorter bridge name");
        }
    }
}
