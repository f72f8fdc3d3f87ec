using Flatnet.Cli.Hosting;

namespace Flatnet.Cli;

/// <summary>The executable.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => FlatnetCommand.RunAsync(args);
}
