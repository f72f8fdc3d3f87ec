using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Json;
using Flatnet.Cli.Terminal;
using Flatnet.Ipam;
using Flatnet.Logs.Text;

namespace Flatnet.Cli.Ipam;

/// <summary><c>flatnet ipam show</c>.</summary>
internal static class ShowCommand
{
    private static readonly Argument<string> Target = new("NAME|IP")
    {
        Description = "An address, a container's name, or at least 12 digits of its ID.",
    };

    public static Command Create()
    {
        var command = new Command("show", "Show everything about one address or one container's addresses.") { Target };
        command.SetAction(Run);
        return command;
    }

    private static int Run(CommandContext context, ParseResult arguments, AddressBook book)
    {
        var selector = LeaseSelector.Parse(arguments.GetRequiredValue(Target));
        ImmutableArray<AddressEntry> all = AddressList.Of(book.Snapshot(), book.Leases.IsStale);
        ImmutableArray<AddressEntry> entries = [.. all.Where(entry => IsMeant(selector, entry))];
        if (entries.IsEmpty)
        {
            return ShowFree(context, arguments, book, selector, all);
        }

        DateTimeOffset now = context.Time.GetUtcNow();
        if (arguments.GetValue(IpamCommand.Json))
        {
            JsonOutput.Write(context.Out, writer =>
            {
                writer.WriteString("network", book.Network);
                writer.WriteStartArray("addresses");
                foreach (AddressEntry entry in entries)
                {
                    AddressJson.Write(writer, entry, now);
                }

                writer.WriteEndArray();
            });
            return ExitCodes.Success;
        }

        for (int i = 0; i < entries.Length; i++)
        {
            context.Out.Write(i == 0 ? "" : "\n");
            Print(context, book, entries[i], now);
        }

        return ExitCodes.Success;
    }

    private static bool IsMeant(LeaseSelector selector, AddressEntry entry)
    {
        // A container with two addresses has one lease: only the entry of the address that was asked for is meant.
        if (selector.Address is { } address)
        {
            return entry.Address.Equals(address);
        }

        return entry.Lease is { } lease ? selector.Matches(lease) : selector.Matches(entry.Reservation!);
    }

    private static int ShowFree(
        CommandContext context, ParseResult arguments, AddressBook book, LeaseSelector selector, ImmutableArray<AddressEntry> all)
    {
        if (selector.Address is not { } address)
        {
            List<string> near = NearMatch.Find(selector.Text, all.Select(entry => entry.Name).OfType<string>().Distinct());
            throw new CommandException(
                $"no address of network \"{book.Network}\" is leased to or reserved for \"{selector.Text}\"",
                near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?" : "\"flatnet ipam ls\" lists what there is.");
        }

        IReadOnlyList<RangeSet> sets = book.Configuration.RangeSets;
        bool isGateway = sets.SelectMany(set => set.Ranges).Any(range => range.Gateway.Equals(address));
        if (!isGateway && !sets.Any(set => set.Contains(address)))
        {
            throw new CommandException(
                $"{address} lies in none of the ranges of network \"{book.Network}\"", $"The ranges are {string.Join(" and ", sets)}.");
        }

        string state = isGateway ? "gateway" : "free";
        if (arguments.GetValue(IpamCommand.Json))
        {
            JsonOutput.Write(context.Out, writer =>
            {
                writer.WriteString("network", book.Network);
                writer.WriteStartArray("addresses");
                writer.WriteStartObject();
                writer.WriteString("address", address.ToString());
                writer.WriteString("state", state);
                writer.WriteEndObject();
                writer.WriteEndArray();
            });
        }
        else
        {
            PlainTable.Write(context.Out, [["Address:", address.ToString()], ["State:", state]]);
        }

        return ExitCodes.Success;
    }

    private static void Print(CommandContext context, AddressBook book, AddressEntry entry, DateTimeOffset now)
    {
        List<IReadOnlyList<string>> rows = [["Address:", entry.Address.ToString()], ["Network:", book.Network]];
        Add(rows, "Name:", entry.Name);
        Add(rows, "State:", Explain(entry, book.BootId));
        Add(rows, "Container:", entry.Lease?.ContainerId);
        Add(rows, "Interface:", entry.Lease?.InterfaceName);
        Add(rows, "MAC:", entry.Lease?.Mac);
        Add(rows, "Host end:", entry.Lease?.HostInterface);
        Add(rows, "Namespace:", entry.Lease?.NamespacePath);
        Add(rows, "Since:", entry.Lease is { } lease ? Time(context, lease.Since, now) : null);
        Add(rows, "Reservation:", Reservation(context, book, entry, now));
        PlainTable.Write(context.Out, rows);
    }

    private static void Add(List<IReadOnlyList<string>> rows, string label, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            rows.Add([label, SafeText.For(value, keepColors: false)]);
        }
    }

    private static string Explain(AddressEntry entry, string bootId) => entry.State switch
    {
        AddressState.Stale when entry.Lease!.BootId != bootId => "stale: leased before the machine was started",
        AddressState.Stale => "stale: the container's network namespace is gone",
        _ => entry.StateText,
    };

    private static string? Reservation(CommandContext context, AddressBook book, AddressEntry entry, DateTimeOffset now) => entry.Reservation switch
    {
        null => null,
        { IsStatic: true } when book.ConfiguredOwnerOf(entry.Address) == entry.Name => $"static, by {book.ConfigurationFile}",
        { IsStatic: true } => "static",
        { LastUsed: var used } => $"sticky, last used {Time(context, used, now)}",
    };

    private static string Time(CommandContext context, DateTimeOffset time, DateTimeOffset now)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(time, context.Time.LocalTimeZone);
        return $"{local.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} ({AgeText.Of(now - time)} ago)";
    }
}
