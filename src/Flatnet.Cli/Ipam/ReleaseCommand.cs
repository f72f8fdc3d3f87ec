using System.CommandLine;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Json;
using Flatnet.Cli.Terminal;
using Flatnet.Ipam;
using Flatnet.Logs.Text;

namespace Flatnet.Cli.Ipam;

/// <summary><c>flatnet ipam release</c>.</summary>
internal static class ReleaseCommand
{
    private static readonly Argument<string> Target = new("NAME|IP")
    {
        Description = "An address, a container's name, or at least 12 digits of its ID.",
    };

    private static readonly Option<bool> Force = new("--force")
    {
        Description = "End the lease of a running container, too. It goes on using the address, and another container may get it as well.",
    };

    public static Command Create()
    {
        var command = new Command("release", "End a reservation, or the lease of a container that is gone.") { Target, Force };
        command.SetAction(Run);
        return command;
    }

    private static int Run(CommandContext context, ParseResult arguments, AddressBook book)
    {
        var selector = LeaseSelector.Parse(arguments.GetRequiredValue(Target));
        ReleaseOutcome outcome = book.Leases.EndByHand(selector, arguments.GetValue(Force));
        book.TellWarnings();
        if (outcome.Ended.IsEmpty && outcome.Removed.IsEmpty)
        {
            throw outcome.Kept.IsEmpty ? NothingFound(book, selector) : IsLive(outcome.Kept[0]);
        }

        if (arguments.GetValue(IpamCommand.Json))
        {
            JsonOutput.Write(context.Out, writer =>
            {
                writer.WriteString("network", book.Network);
                AddressJson.Write(writer, "leases", outcome.Ended);
                AddressJson.Write(writer, "reservations", outcome.Removed);
                AddressJson.Write(writer, "kept", outcome.Kept);
            });
            return ExitCodes.Success;
        }

        foreach (Lease lease in outcome.Ended)
        {
            context.Out.Write($"{string.Join(", ", lease.Addresses)}: the lease of {Holder(lease)} has ended.\n");
        }

        foreach (Reservation reservation in outcome.Removed)
        {
            string addresses = string.Join(", ", reservation.Addresses);
            context.Out.Write($"{addresses}: the reservation for {SafeText.For(reservation.Name, keepColors: false)} has ended.\n");
        }

        context.Out.Flush();
        foreach (Lease lease in outcome.Kept)
        {
            context.Error.WriteLine($"{Holder(lease)} is running and keeps {string.Join(", ", lease.Addresses)} until it stops.");
        }

        return ExitCodes.Success;
    }

    private static string Holder(Lease lease)
    {
        string id = ListCommand.ShortId(lease.ContainerId);
        return SafeText.For(lease.ContainerName is { } name ? $"{name} ({id})" : id, keepColors: false);
    }

    private static CommandException IsLive(Lease lease)
    {
        string addresses = string.Join(", ", lease.Addresses);
        return new CommandException(
            $"{Holder(lease)} is running and uses {addresses}",
            $"Stop it first: podman stop {SafeText.For(lease.ContainerName ?? lease.ContainerId, keepColors: false)}\n"
                + $"With --force the lease ends now, but the container goes on using {addresses}, and another one may get the same address.");
    }

    private static CommandException NothingFound(AddressBook book, LeaseSelector selector)
    {
        bool isConfigured = selector.Address is { } address
            ? book.ConfiguredOwnerOf(address) is not null
            : book.Configuration.Reservations.ContainsKey(selector.Text);
        if (isConfigured)
        {
            return new CommandException(
                $"\"{selector.Text}\" is reserved by the configuration of network \"{book.Network}\"",
                $"Take it out of \"reservations\" in {book.ConfigurationFile}.");
        }

        LeaseSnapshot snapshot = book.Leases.Snapshot();
        IEnumerable<string> names = snapshot.Reservations.Select(reservation => reservation.Name)
            .Concat(snapshot.Leases.Select(lease => lease.ContainerName).OfType<string>())
            .Distinct();
        List<string> near = NearMatch.Find(selector.Text, names);
        return new CommandException(
            $"nothing in network \"{book.Network}\" is leased to or reserved for \"{selector.Text}\"",
            near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?" : "\"flatnet ipam ls\" lists what there is.");
    }
}
