using System.CommandLine;

namespace Flatnet.Cli.Hosting;

/// <summary>The words that lead to a command.</summary>
internal static class CommandPath
{
    /// <summary>Such as <c>flatnet ipam ls</c>.</summary>
    public static string Of(Command command)
    {
        if (command is RootCommand)
        {
            return "flatnet";
        }

        Command? parent = command.Parents.OfType<Command>().FirstOrDefault();
        return parent is null ? command.Name : $"{Of(parent)} {command.Name}";
    }
}
