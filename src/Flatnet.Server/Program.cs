using Flatnet.Server.Commands;

namespace Flatnet.Server;

/// <summary>The executable.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => FlatnetdCommand.RunAsync(arguments, Console.Out, Console.Error);
}
