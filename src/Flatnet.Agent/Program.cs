using Flatnet.Agent.Commands;

namespace Flatnet.Agent;

/// <summary>The executable.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => AgentCommand.RunAsync(arguments, new CommandServices(Console.Out, Console.Error));
}
