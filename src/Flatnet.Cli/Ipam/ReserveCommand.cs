using System.CommandLine;
using System.Net;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Json;
using Flatnet.Ipam;

namespace Flatnet.Cli.Ipam;

/// <summary><c>flatnet ipam reserve</c>.</summary>
internal static class ReserveCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The container's name." };

    private static readonly Argument<string> Address = new("IP") { Description = "The address that only this container gets." };

    public static Command Create()
    {
        var command = new Command("reserve", "Keep an address for a container, whether or not it exists yet.") { Name, Address };
        command.Validators.Add(static result =>
        {
            if (result.GetValue(Name) is not { } name || result.GetValue(Address) is not { } address)
            {
                return;
            }

            if (!IpAddressText.TryParse(address, out _))
            {
                result.AddError(IpAddressText.TryParse(name, out _)
                    ? $"the name comes first: flatnet ipam reserve {address} {name}"
                    : $"\"{address}\" is not an IP address");
            }
            else if (!IsContainerName(name))
            {
                result.AddError($"\"{name}\" cannot be the name of a container: letters, digits, '_', '.' and '-', the first a letter or digit");
            }
        });
        command.SetAction(Run);
        return command;
    }

    private static int Run(CommandContext context, ParseResult arguments, AddressBook book)
    {
        string name = arguments.GetRequiredValue(Name);
        var address = IPAddress.Parse(arguments.GetRequiredValue(Address));
        LeaseSnapshot before = book.Leases.Snapshot();
        RefuseAgainstConfiguration(book, name, address);

        // Doing it twice writes nothing the second time. In a document that does not parse nothing is reserved yet.
        bool changed = before.Trouble is not null || !IsReserved(before, name, address);
        if (changed)
        {
            book.Leases.Reserve(name, address);
        }

        book.TellWarnings();
        List<string> notes = changed ? Notes(before, book, name, address) : [];
        if (arguments.GetValue(IpamCommand.Json))
        {
            JsonOutput.Write(context.Out, writer =>
            {
                writer.WriteString("network", book.Network);
                writer.WriteString("name", name);
                writer.WriteString("address", address.ToString());
                writer.WriteBoolean("changed", changed);
                writer.WriteStrings("notes", notes);
            });
            return ExitCodes.Success;
        }

        context.Out.Write(changed ? $"{address} is reserved for {name}.\n" : $"{address} is reserved for {name} already.\n");
        context.Out.Flush();
        notes.ForEach(context.Error.WriteLine);
        return ExitCodes.Success;
    }

    private static bool IsContainerName(string name) =>
        name.Length > 0 && char.IsAsciiLetterOrDigit(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-')
        && !IpAddressText.TryParse(name, out _);

    private static bool IsReserved(LeaseSnapshot snapshot, string name, IPAddress address) =>
        snapshot.Reservations.Any(reservation => reservation is { IsStatic: true } && reservation.Name == name && reservation.Addresses.Contains(address));

    // The configuration is what counts: a reservation beside it would never be used.
    private static void RefuseAgainstConfiguration(AddressBook book, string name, IPAddress address)
    {
        if (book.Configuration.Reservations.TryGetValue(name, out IPAddress? configured) && !configured.Equals(address)
            && configured.AddressFamily == address.AddressFamily)
        {
            throw new CommandException(
                $"cannot reserve {address} for {name}: the network's configuration reserves {configured} for it",
                $"Change \"reservations\" in {book.ConfigurationFile}.");
        }
    }

    private static List<string> Notes(LeaseSnapshot before, AddressBook book, string name, IPAddress address)
    {
        var notes = new List<string>();
        foreach (Reservation reservation in before.Reservations)
        {
            if (!reservation.IsStatic && reservation.Name != name && reservation.Addresses.Contains(address))
            {
                notes.Add($"{reservation.Name} had {address} last; it gets another address when it starts again.");
            }
        }

        foreach (Lease lease in before.Leases)
        {
            if (lease.ContainerName == name && !lease.Addresses.Contains(address) && !book.Leases.IsStale(lease))
            {
                notes.Add($"{name} runs with {string.Join(", ", lease.Addresses)}; it gets {address} when it starts again.");
            }
        }

        return notes;
    }
}
