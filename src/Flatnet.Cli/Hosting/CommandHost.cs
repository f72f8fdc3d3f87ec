using System.CommandLine;

namespace Flatnet.Cli.Hosting;

/// <summary>Builds the context of a command from the command line, the environment and the configuration file.</summary>
internal static class CommandHost
{
    public static CommandContext ContextOf(ParseResult arguments) => throw new NotImplementedException();
}
