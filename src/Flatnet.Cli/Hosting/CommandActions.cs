using System.CommandLine;

namespace Flatnet.Cli.Hosting;

/// <summary>Ties commands to what they do.</summary>
internal static class CommandActions
{
    /// <summary>Runs the action in the context that the command line was parsed for.</summary>
    public static void SetAction(this Command command, CommandAction action) =>
        command.SetAction((ParseResult arguments, CancellationToken cancellation) => action(CommandHost.ContextOf(arguments), arguments, cancellation));
}
