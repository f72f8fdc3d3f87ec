using System.CommandLine;
using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Logs;

/// <summary><c>flatnet logs</c>.</summary>
internal static class LogsCommand
{
    public static Command Create()
    {
        var syntax = new LogsSyntax();
        var command = new Command("logs", "Show the logs of containers and of Flatnet's components, from Loki, Podman or files, in the order of time.");
        syntax.AddTo(command);
        command.SetAction((context, arguments, cancellation) =>
            new LogsRun(context, LogServices.Of(context), syntax.Bind(arguments, context.Time)).RunAsync(cancellation));
        return command;
    }
}
