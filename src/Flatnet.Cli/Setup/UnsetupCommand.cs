using System.CommandLine;
using Flatnet.Cli.Doctor;
using Flatnet.Cli.Files;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Networks;
using Flatnet.Cli.Terminal;
using Flatnet.Ipam;

namespace Flatnet.Cli.Setup;

/// <summary><c>flatnet unsetup</c>.</summary>
internal static class UnsetupCommand
{
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only print what would be changed back." };

    private static readonly Option<bool> Force = new("--force")
    {
        Description = "Do it although containers are running, and remove what was changed since.",
    };

    public static Command Create()
    {
        var command = new Command("unsetup", "Undo what flatnet setup has changed, and nothing else; leases stay.") { DryRun, Force };
        command.SetAction(static (context, arguments, _) => Task.FromResult(Run(context, arguments)));
        return command;
    }

    private static int Run(CommandContext context, ParseResult arguments)
    {
        var journal = SetupJournal.Open(context.Root);
        if (journal.Entries.IsEmpty)
        {
            context.Out.Write("There is nothing to undo.\n");
            return ExitCodes.Success;
        }

        bool force = arguments.GetValue(Force);
        if (arguments.GetValue(DryRun))
        {
            foreach (SetupEntry entry in journal.Entries.Reverse())
            {
                context.Out.Write(Describe(entry) + "\n");
            }

            context.Out.Flush();
            context.Error.WriteLine("Nothing was changed.");
            return ExitCodes.Success;
        }

        if (!force)
        {
            RefuseWhileInUse(context);
        }

        var undo = new SetupUndo(context.Root, force);
        AtomicFile.Explained("cannot undo everything; what is left is still on record", () =>
        {
            undo.Run(journal);
            return true;
        });
        foreach (string kept in undo.Kept)
        {
            context.Error.WriteLine(kept);
        }

        context.Out.Write("What flatnet setup had changed is as it was before.\n");
        return ExitCodes.Success;
    }

    private static string Describe(SetupEntry entry) => entry.Kind switch
    {
        SetupEntryKind.Directory => $"Remove the directory {entry.Path} if it is empty.",
        SetupEntryKind.Setting => $"Set {entry.Path} back to {entry.Previous}.",
        _ when entry.Backup is { } backup => $"Remove {entry.Path}; {backup} comes back.",
        _ => $"Remove {entry.Path}.",
    };

    // Without the plugin nobody can take a running container's interface away again.
    private static void RefuseWhileInUse(CommandContext context)
    {
        InstalledNetwork? network = ConflistReader.Read(context).Find(NetworkPlan.Shipped.Name);
        if (network is not null && !network.PluginTypes.Contains("flatnet-ipam"))
        {
            return;
        }

        // The leases are in their usual place also when the network's file is lost or broken.
        IpamConfiguration ipam = network?.Ipam ?? ShippedNetwork.Ipam(NetworkPlan.Shipped.Name);
        var leases = NetworkLeases.OnDisk(ipam with { DataDirectory = context.Root + ipam.DataDirectory }, new KernelHostState(context));
        string[] live = [.. leases.Leases().Where(lease => !leases.IsStale(lease)).Select(lease => lease.ContainerName ?? lease.ContainerId)];
        if (live.Length > 0)
        {
            throw new CommandException(
                $"containers are running in the network {NetworkPlan.Shipped.Name}: {SafeText.For(string.Join(", ", live), keepColors: false)}",
                "Stop them first. With --force it is undone all the same, and they cannot be stopped cleanly any more.");
        }
    }
}
