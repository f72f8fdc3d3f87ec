using Flatnet.Cli.Hosting;
using Flatnet.Cli.Terminal;

namespace Flatnet.Cli;

/// <summary>The executable.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        await using StreamWriter output = StandardOutput.CreateWriter();
        return await FlatnetCommand.RunAsync(arguments, new CommandServices(output, Console.Error, TerminalInfo.Find())).ConfigureAwait(false);
    }
}
