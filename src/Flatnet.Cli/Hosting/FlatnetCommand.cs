using System.CommandLine;

namespace Flatnet.Cli.Hosting;

/// <summary>The command with all its subcommands.</summary>
internal static class FlatnetCommand
{
    public static RootCommand Create() => new("Containers with a flat address: list them, read their logs, find what is wrong.");

    public static Task<int> RunAsync(string[] args) => Create().Parse(args).InvokeAsync();
}
