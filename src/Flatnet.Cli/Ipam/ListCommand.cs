using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Json;
using Flatnet.Cli.Terminal;
using Flatnet.Ipam;

namespace Flatnet.Cli.Ipam;

/// <summary><c>flatnet ipam ls</c>.</summary>
internal static class ListCommand
{
    private const int ShownIdLength = 12;

    public static Command Create()
    {
        var command = new Command("ls", "List the addresses that are in use or reserved, in numeric order.");
        command.SetAction(Run);
        return command;
    }

    /// <summary>An ID as lists show it.</summary>
    public static string ShortId(string id) => id.Length <= ShownIdLength ? id : id[..ShownIdLength];

    private static int Run(CommandContext context, ParseResult arguments, AddressBook book)
    {
        LeaseSnapshot snapshot = book.Snapshot();
        ImmutableArray<AddressEntry> entries = AddressList.Of(snapshot, book.Leases.IsStale);
        DateTimeOffset now = context.Time.GetUtcNow();
        book.TellWarnings();
        if (arguments.GetValue(IpamCommand.Json))
        {
            JsonOutput.Write(context.Out, writer =>
            {
                writer.WriteString("network", book.Network);
                writer.WriteString("file", snapshot.Location);
                writer.WriteStartArray("addresses");
                foreach (AddressEntry entry in entries)
                {
                    AddressJson.Write(writer, entry, now);
                }

                writer.WriteEndArray();
            });
            return ExitCodes.Success;
        }

        List<IReadOnlyList<string>> rows = [["ADDRESS", "NAME", "CONTAINER ID", "STATE", "SINCE", "AGE", "MAC"]];
        rows.AddRange(entries.Select(entry => Row(context, entry, now)));
        PlainTable.Write(context.Out, rows);
        return ExitCodes.Success;
    }

    private static string[] Row(CommandContext context, AddressEntry entry, DateTimeOffset now) =>
    [
        entry.Address.ToString(),
        Text(entry.Name),
        entry.Lease is { } lease ? Text(ShortId(lease.ContainerId)) : "-",
        entry.StateText,
        entry.Since is { } since ? LocalTime(context, since) : "-",
        entry.Since is { } start ? AgeText.Of(now - start) : "-",
        Text(entry.Lease?.Mac),
    ];

    private static string LocalTime(CommandContext context, DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, context.Time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Text(string? text) => string.IsNullOrEmpty(text) ? "-" : SafeText.For(text, keepColors: false);
}
