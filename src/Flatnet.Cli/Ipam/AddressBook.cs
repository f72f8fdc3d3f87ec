using System.Net;
using System.Text;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Json;
using Flatnet.Cli.Networks;
using Flatnet.Cli.Terminal;
using Flatnet.Ipam;
using Flatnet.Logs.Text;

namespace Flatnet.Cli.Ipam;

/// <summary>The addresses of one network, kept where the plugin keeps them and under the plugin's lock.</summary>
internal sealed class AddressBook
{
    private const string DefaultNetwork = "flatnet";
    private const string IpamType = "flatnet-ipam";

    private readonly CommandContext _context;

    private AddressBook(CommandContext context, IpamConfiguration configuration, string? file)
    {
        _context = context;
        Configuration = configuration;
        ConfigurationFile = file;
        var host = new KernelHostState(context);
        BootId = host.BootId;
        Leases = context.Settings.IpamPath is { } path
            ? NetworkLeases.AtFile(configuration, context.Root + Path.GetFullPath(path), host)
            : NetworkLeases.OnDisk(configuration, host);
    }

    public IpamConfiguration Configuration { get; }

    public string Network => Configuration.NetworkName;

    /// <summary>The file that describes the network; null when none is installed.</summary>
    public string? ConfigurationFile { get; }

    public NetworkLeases Leases { get; }

    /// <summary>This boot of the kernel.</summary>
    public string BootId { get; }

    /// <summary>Finds the network as runtimes do. Without a file, the network that Flatnet ships is meant.</summary>
    /// <exception cref="CommandException">There is no such network, or its addresses are another plugin's business.</exception>
    public static AddressBook Open(CommandContext context, string? network)
    {
        string name = network ?? context.Settings.Network;
        InstalledNetworks installed = ConflistReader.Read(context);
        if (installed.Find(name) is not { } found)
        {
            return name == DefaultNetwork || context.Settings.IpamPath is not null
                ? new AddressBook(context, InRoot(context, Shipped(name)), null)
                : throw Unknown(name, installed);
        }

        if (found.PluginTypes is not [.., IpamType])
        {
            throw new CommandException(
                $"the addresses of network \"{name}\" are not Flatnet's: {found.File} leaves them to {found.PluginTypes[^1]}",
                $"Networks of Flatnet have \"ipam\": {{\"type\": \"{IpamType}\"}}.");
        }

        return found.Ipam is { } configuration
            ? new AddressBook(context, InRoot(context, configuration), found.File)
            : throw new CommandException(
                $"the network \"{name}\" is described wrongly: {installed.Problems.FirstOrDefault(problem => problem.File == found.File)?.Message}",
                $"Correct {found.File}.");
    }

    /// <summary>Everything there is. A broken document is not shown as if it were an empty one.</summary>
    /// <exception cref="CommandException">The document does not parse.</exception>
    public LeaseSnapshot Snapshot()
    {
        LeaseSnapshot snapshot = Leases.Snapshot();
        return snapshot.Trouble is not { } trouble ? snapshot : throw new CommandException(
            $"the lease file {snapshot.Location} does not parse: {trouble}",
            "Nothing was changed. \"sudo flatnet ipam gc\", or the next start of a container, keeps it under another name and rebuilds it from what runs.");
    }

    /// <summary>Tells on standard error what the library found odd while it did its work.</summary>
    public void TellWarnings()
    {
        foreach (string warning in Leases.Warnings)
        {
            _context.Error.WriteLine("Warning: " + SafeText.For(warning, keepColors: false));
        }
    }

    /// <summary>The name that a static reservation of the configuration keeps the address for.</summary>
    public string? ConfiguredOwnerOf(IPAddress address) => Configuration.Reservations.FirstOrDefault(pair => pair.Value.Equals(address)).Key;

    private static IpamConfiguration InRoot(CommandContext context, IpamConfiguration configuration) =>
        configuration with { DataDirectory = context.Root + configuration.DataDirectory };

    private static IpamConfiguration Shipped(string name)
    {
        string json = JsonOutput.Render(writer =>
        {
            writer.WriteString("cniVersion", "1.0.0");
            writer.WriteString("name", name);
            writer.WriteStartObject("ipam");
            writer.WriteString("subnet", "10.87.1.0/24");
            writer.WriteEndObject();
        });
        try
        {
            return IpamConfigurationReader.Read(new ConfigObject(JsonValue.Parse(Encoding.UTF8.GetBytes(json)), ""), null);
        }
        catch (ConfigException error)
        {
            throw CommandException.Usage($"\"{name}\" cannot be the name of a network: {error.Message}");
        }
    }

    private static CommandException Unknown(string name, InstalledNetworks installed)
    {
        string[] names = [.. installed.Networks.Select(network => network.Name)];
        List<string> near = NearMatch.Find(name, names);
        string known = names.Length == 0 ? "None is installed: \"sudo flatnet setup\" does that." : "There are: " + string.Join(", ", names) + ".";
        return new CommandException(
            $"there is no network \"{name}\" in {installed.Directory}",
            near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?" : known);
    }
}
