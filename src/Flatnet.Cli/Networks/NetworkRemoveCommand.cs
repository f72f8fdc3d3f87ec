using System.CommandLine;
using Flatnet.Cli.Files;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Terminal;
using Flatnet.Ipam;
using Flatnet.Logs.Text;

namespace Flatnet.Cli.Networks;

/// <summary><c>flatnet network rm</c>.</summary>
internal static class NetworkRemoveCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The network." };

    private static readonly Option<bool> Force = new("--force")
    {
        Description = "Remove it although containers use it. They keep their addresses, but cannot be stopped cleanly any more.",
    };

    private static readonly Option<bool> Purge = new("--purge")
    {
        Description = "Forget its leases and reservations, too. Without it, a new network of that name gives every container its old address.",
    };

    public static Command Create()
    {
        var command = new Command("rm", "Remove a network of Flatnet.") { Name, Force, Purge };
        command.SetAction(static (context, arguments, _) => Task.FromResult(Run(context, arguments)));
        return command;
    }

    private static int Run(CommandContext context, ParseResult arguments)
    {
        var backend = new CniBackend(NetworkCommand.DirectoryOf(context, arguments));
        InstalledNetwork network = Find(backend.Read(), arguments.GetRequiredValue(Name));
        IpamConfiguration? configuration = network.Ipam is { } ipam ? ipam with { DataDirectory = context.Root + ipam.DataDirectory } : null;
        if (!arguments.GetValue(Force))
        {
            RefuseWhileInUse(context, network, configuration);
        }

        backend.Remove(network);
        context.Out.Write($"{network.Name} is removed.\n");
        if (configuration is not null && arguments.GetValue(Purge))
        {
            AtomicFile.Explained("cannot remove the leases", () => PurgeLeases(configuration));
        }

        return ExitCodes.Success;
    }

    private static InstalledNetwork Find(InstalledNetworks installed, string name)
    {
        if (installed.Find(name) is not { } network)
        {
            List<string> near = NearMatch.Find(name, installed.Networks.Where(other => other.IsFlatnet).Select(other => other.Name));
            throw new CommandException(
                $"there is no network \"{name}\" in {installed.Directory}",
                near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?" : "\"flatnet network ls\" lists what there is.");
        }

        return network.IsFlatnet
            ? network
            : throw new CommandException($"\"{name}\" is not a network of Flatnet: {network.File}", $"Podman removes it: podman network rm {name}");
    }

    private static void RefuseWhileInUse(CommandContext context, InstalledNetwork network, IpamConfiguration? configuration)
    {
        if (configuration is null || !network.PluginTypes.Contains("flatnet-ipam"))
        {
            return;
        }

        try
        {
            var leases = NetworkLeases.OnDisk(configuration, new KernelHostState(context));
            Lease[] live = [.. leases.Leases().Where(lease => !leases.IsStale(lease))];
            if (live.Length > 0)
            {
                IEnumerable<string> holders = live.Select(lease => $"{lease.ContainerName ?? lease.ContainerId} ({string.Join(", ", lease.Addresses)})");
                throw new CommandException(
                    $"the network \"{network.Name}\" is in use by {SafeText.For(string.Join(", ", holders), keepColors: false)}",
                    "Stop these containers first. With --force it is removed all the same, and they cannot be stopped cleanly any more.");
            }
        }
        catch (IpamException error)
        {
            string advice = error.IsPermissionDenied ? "Only root may do that: run it with sudo." : error.Details ?? "";
            throw new CommandException(error.Message, advice, ExitCodes.Failure, error);
        }
    }

    // Only what the plugin made: somebody may keep other things in that directory.
    private static bool PurgeLeases(IpamConfiguration configuration)
    {
        string directory = $"{configuration.DataDirectory}/{configuration.NetworkName}";
        if (!Directory.Exists(directory))
        {
            return false;
        }

        foreach (string file in Directory.EnumerateFiles(directory, "ipam.*"))
        {
            File.Delete(file);
        }

        if (!Directory.EnumerateFileSystemEntries(directory).Any())
        {
            Directory.Delete(directory);
        }

        return true;
    }
}
