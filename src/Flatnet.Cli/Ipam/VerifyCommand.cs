using System.CommandLine;
using System.Text.Json;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Json;
using Flatnet.Ipam;

namespace Flatnet.Cli.Ipam;

/// <summary><c>flatnet ipam verify</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var command = new Command("verify", "Check the lease file, and say how to cure what is wrong.");
        command.SetAction(Run);
        return command;
    }

    private static int Run(CommandContext context, ParseResult arguments, AddressBook book)
    {
        LeaseSnapshot snapshot = book.Leases.Snapshot();
        List<DocumentFinding> findings = new DocumentChecks(snapshot, book).Run();
        bool isSound = !findings.Exists(finding => finding.IsProblem);
        if (arguments.GetValue(IpamCommand.Json))
        {
            JsonOutput.Write(context.Out, writer => Write(writer, book, snapshot, findings, isSound));
        }
        else
        {
            Print(context.Out, snapshot, findings, isSound);
        }

        return isSound ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static void Print(TextWriter output, LeaseSnapshot snapshot, List<DocumentFinding> findings, bool isSound)
    {
        foreach (DocumentFinding finding in findings)
        {
            output.Write(finding.Cure is { } cure ? $"Problem: {finding.Message}\n  Cure: {cure}\n" : $"Note: {finding.Message}\n");
        }

        if (isSound)
        {
            output.Write($"{snapshot.Location}: {snapshot.Leases.Length} leases and {snapshot.Reservations.Length} reservations, nothing wrong.\n");
        }
    }

    private static void Write(
        Utf8JsonWriter writer, AddressBook book, LeaseSnapshot snapshot, List<DocumentFinding> findings, bool isSound)
    {
        writer.WriteString("network", book.Network);
        writer.WriteString("file", snapshot.Location);
        writer.WriteBoolean("ok", isSound);
        writer.WriteStartArray("findings");
        foreach (DocumentFinding finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("level", finding.IsProblem ? "problem" : "note");
            writer.WriteString("message", finding.Message);
            writer.WriteString("cure", finding.Cure);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
