using System.CommandLine;
using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Networks;

/// <summary><c>flatnet network</c>: networks for containers to join.</summary>
internal static class NetworkCommand
{
    public static Option<string?> Directory { get; } = new("--dir")
    {
        Description = "The directory of network configurations; by default $CNI_CONF_DIR or /etc/cni/net.d.",
        HelpName = "DIR",
        Recursive = true,
    };

    public static Command Create() => new("network", "Create, list and remove networks of Flatnet.")
    {
        Directory,
        NetworkCreateCommand.Create(),
        NetworkListCommand.Create(),
        NetworkRemoveCommand.Create(),
    };

    /// <summary>The directory that is meant.</summary>
    public static string DirectoryOf(CommandContext context, ParseResult arguments) => arguments.GetValue(Directory) is { } directory
        ? context.Root + Path.GetFullPath(directory)
        : ConflistReader.DirectoryOf(context);
}
