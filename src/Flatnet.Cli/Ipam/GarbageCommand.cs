using System.CommandLine;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Json;
using Flatnet.Cli.Terminal;
using Flatnet.Ipam;

namespace Flatnet.Cli.Ipam;

/// <summary><c>flatnet ipam gc</c>. A dry run goes the same way and only leaves out the writing.</summary>
internal static class GarbageCommand
{
    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Only print what would be removed.",
    };

    public static Command Create()
    {
        var command = new Command("gc", "Remove the leases of containers that are gone; reservations stay.") { DryRun };
        command.SetAction(Run);
        return command;
    }

    private static int Run(CommandContext context, ParseResult arguments, AddressBook book)
    {
        bool pretend = arguments.GetValue(DryRun);
        IReadOnlyList<Lease> removed = book.Leases.EndStale(pretend);
        book.TellWarnings();
        if (arguments.GetValue(IpamCommand.Json))
        {
            JsonOutput.Write(context.Out, writer =>
            {
                writer.WriteString("network", book.Network);
                writer.WriteBoolean("dry_run", pretend);
                AddressJson.Write(writer, "removed", removed);
            });
            return ExitCodes.Success;
        }

        PlainTable.Write(context.Out, [.. removed.Select(lease => Row(lease, book.BootId))]);
        string leases = removed.Count == 1 ? "1 stale lease" : $"{removed.Count} stale leases";
        context.Out.Flush();
        context.Error.WriteLine(pretend ? $"{leases} would be removed." : $"{leases} removed.");
        return ExitCodes.Success;
    }

    private static string[] Row(Lease lease, string bootId) =>
    [
        string.Join(',', lease.Addresses),
        SafeText.For(lease.ContainerName ?? "-", keepColors: false),
        SafeText.For(ListCommand.ShortId(lease.ContainerId), keepColors: false),
        lease.BootId == bootId ? "namespace gone" : "earlier boot",
    ];
}
