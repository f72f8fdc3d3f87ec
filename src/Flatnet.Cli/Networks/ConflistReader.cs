using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Flatnet.Cli.Hosting;
using Flatnet.Ipam;

namespace Flatnet.Cli.Networks;

/// <summary>Reads the network configurations of a directory as runtimes do: by file name, and the first of a name counts.</summary>
internal static class ConflistReader
{
    /// <summary>Names the configuration directory in place of <see cref="DefaultDirectory"/>.</summary>
    public const string DirectoryVariable = "CNI_CONF_DIR";

    /// <summary>Podman's configuration directory for root.</summary>
    public const string DefaultDirectory = "/etc/cni/net.d";

    /// <summary>The configuration directory to use.</summary>
    public static string DirectoryOf(CommandContext context) =>
        context.Root + (context.Environment(DirectoryVariable) is { Length: > 0 } directory ? directory : DefaultDirectory);

    /// <summary>Reads the configuration directory to use.</summary>
    public static InstalledNetworks Read(CommandContext context) => Read(DirectoryOf(context));

    /// <summary>Reads every <c>.conflist</c> and <c>.conf</c>. Never throws for what the directory holds; without it there are no networks.</summary>
    public static InstalledNetworks Read(string directory)
    {
        var networks = new List<InstalledNetwork>();
        var problems = new List<NetworkFileProblem>();
        foreach (string file in FilesOf(directory, problems))
        {
            if (ReadFile(file, problems) is not { } network)
            {
                continue;
            }

            if (networks.Find(other => other.Name == network.Name) is { } first)
            {
                problems.Add(new NetworkFileProblem(file, $"the network \"{network.Name}\" is in {Path.GetFileName(first.File)} already; this file is ignored"));
            }
            else
            {
                networks.Add(network);
            }
        }

        return new InstalledNetworks(directory, [.. networks], [.. problems]);
    }

    private static List<string> FilesOf(string directory, List<NetworkFileProblem> problems)
    {
        try
        {
            List<string> files = [.. Directory.EnumerateFiles(directory).Where(file => Path.GetExtension(file) is ".conflist" or ".conf")];
            files.Sort(StringComparer.Ordinal);
            return files;
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add(new NetworkFileProblem(directory, $"cannot be read: {Reason(error)}"));
            return [];
        }
    }

    private static InstalledNetwork? ReadFile(string file, List<NetworkFileProblem> problems)
    {
        try
        {
            var source = new ConfigObject(JsonValue.Parse(File.ReadAllBytes(file)), "");
            bool isList = Path.GetExtension(file) == ".conflist";
            ImmutableArray<ConfigObject> plugins = isList ? PluginsOf(source) : [source];
            string name = source.String("name") is { Length: > 0 } given ? given : throw new ConfigException("name is missing");
            return Describe(name, file, isList, source, plugins, problems);
        }
        catch (ConfigException error)
        {
            problems.Add(new NetworkFileProblem(file, error.Message));
        }
        catch (JsonException error)
        {
            string place = error.LineNumber is { } line ? $" (line {line + 1}, column {error.BytePositionInLine + 1})" : "";
            problems.Add(new NetworkFileProblem(file, "is not JSON" + place));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add(new NetworkFileProblem(file, $"cannot be read: {Reason(error)}"));
        }

        return null;
    }

    private static ImmutableArray<ConfigObject> PluginsOf(ConfigObject list)
    {
        ImmutableArray<JsonValue> plugins = list.Array("plugins") ?? throw new ConfigException("plugins is missing: a .conflist holds a list of plugins");
        return plugins.IsEmpty
            ? throw new ConfigException("plugins is empty")
            : [.. plugins.Select((plugin, index) => new ConfigObject(plugin, $"plugins[{index}]"))];
    }

    private static InstalledNetwork Describe(
        string name, string file, bool isList, ConfigObject source, ImmutableArray<ConfigObject> plugins, List<NetworkFileProblem> problems)
    {
        List<string> types = [];
        foreach (ConfigObject plugin in plugins)
        {
            types.Add(plugin.String("type") is { Length: > 0 } type ? type : throw plugin.Invalid("type", "the name of a plugin"));
        }

        ConfigObject main = plugins.FirstOrDefault(plugin => plugin.Has("bridge")) ?? plugins[0];
        string? ipamType = main.Object("ipam")?.String("type");
        var network = new InstalledNetwork
        {
            Name = name,
            File = file,
            IsList = isList,
            CniVersion = source.String("cniVersion") ?? "",
            PluginTypes = [.. types.Append(ipamType ?? "").Where(type => type.Length > 0).Distinct()],
            Bridge = main.String("bridge"),
            IsGateway = main.Bool("isGateway") || main.Bool("isDefaultGateway"),
            IpMasq = main.Bool("ipMasq"),
            UsesFirewall = main.String("firewall") != "none",
            ManageBridge = main.Bool("manageBridge", true),
            Mtu = main.Int("mtu") ?? 0,
        };
        return ipamType is "flatnet-ipam" or "host-local" ? network with { Ipam = ReadIpam(network, main, problems) } : network;
    }

    private static IpamConfiguration? ReadIpam(InstalledNetwork network, ConfigObject plugin, List<NetworkFileProblem> problems)
    {
        try
        {
            return IpamConfigurationReader.Read(AsRuntimesPassIt(network, plugin), null);
        }
        catch (ConfigException error)
        {
            problems.Add(new NetworkFileProblem(network.File, error.Message));
            return null;
        }
    }

    // A plugin's own object carries neither the name nor the version; runtimes put in those of the list.
    private static ConfigObject AsRuntimesPassIt(InstalledNetwork network, ConfigObject plugin)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach ((string key, JsonValue value) in plugin.Members)
            {
                if (!key.Equals("name", StringComparison.OrdinalIgnoreCase) && !key.Equals("cniVersion", StringComparison.OrdinalIgnoreCase))
                {
                    writer.WritePropertyName(key);
                    writer.WriteRawValue(value.GetRawText());
                }
            }

            writer.WriteString("name", network.Name);
            writer.WriteString("cniVersion", network.CniVersion);
            writer.WriteEndObject();
        }

        return new ConfigObject(JsonValue.Parse(json.WrittenMemory.ToArray()), "");
    }

    private static string Reason(Exception error) => error is UnauthorizedAccessException ? "permission denied" : "input/output error";
}
