using System.CommandLine;
using Flatnet.Cli.Hosting;
using Flatnet.Ipam;

namespace Flatnet.Cli.Ipam;

/// <summary><c>flatnet ipam</c>: who has which address.</summary>
internal static class IpamCommand
{
    public static Option<string?> Network { get; } = new("--network")
    {
        Description = "The network whose addresses are meant; by default the configured one, flatnet.",
        HelpName = "NAME",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON document.",
        Recursive = true,
    };

    public static Command Create() => new("ipam", "Show and change who has which address.")
    {
        Network,
        Json,
        ListCommand.Create(),
        ShowCommand.Create(),
        ReserveCommand.Create(),
        ReleaseCommand.Create(),
        GarbageCommand.Create(),
        VerifyCommand.Create(),
    };

    /// <summary>Runs the action on the addresses of the network that is meant.</summary>
    public static void SetAction(this Command command, Func<CommandContext, ParseResult, AddressBook, int> action) =>
        command.SetAction(Json, (context, arguments, _) => Task.FromResult(Run(context, arguments, action)));

    public static int Run(CommandContext context, ParseResult arguments, Func<CommandContext, ParseResult, AddressBook, int> action)
    {
        try
        {
            return action(context, arguments, AddressBook.Open(context, arguments.GetValue(Network)));
        }
        catch (IpamException error)
        {
            string advice = error.IsPermissionDenied
                ? $"Only root may do that: sudo {CommandPath.Of(arguments.CommandResult.Command)} ..."
                : error.Details ?? "";
            throw new CommandException(error.Message, advice, ExitCodes.Failure, error) { IsPermissionDenied = error.IsPermissionDenied };
        }
    }
}
