using System.CommandLine;
using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Documentation;

/// <summary><c>flatnet manual DIRECTORY</c>: writes the manual pages, one per command, from the definition of the command line.</summary>
internal static class ManualCommand
{
    public static Command Create()
    {
        var directory = new Argument<DirectoryInfo>("DIRECTORY") { Description = "Where the pages go, such as /usr/local/share/man/man1." };
        var command = new Command("manual", "Write the manual pages into a directory.") { directory };
        command.SetAction((context, arguments, _) =>
        {
            DirectoryInfo target = arguments.GetRequiredValue(directory);
            try
            {
                target.Create();
                foreach (Command documented in WithSubcommands(FlatnetCommand.Create()))
                {
                    string name = CommandPath.Of(documented).Replace(' ', '-') + ".1";
                    File.WriteAllText(Path.Join(target.FullName, name), ManualPage.Write(documented));
                    context.Out.WriteLine(name);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new CommandException($"the manual pages cannot be written to {target.FullName}: {error.Message}", inner: error);
            }

            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static IEnumerable<Command> WithSubcommands(Command command) =>
        command.Subcommands.Where(static child => !child.Hidden).SelectMany(WithSubcommands).Prepend(command);
}
