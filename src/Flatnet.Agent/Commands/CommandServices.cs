using System.CommandLine;
using Flatnet.Agent.Transport;

namespace Flatnet.Agent.Commands;

/// <summary>The outside of the process, on its way from <c>Main</c> to the commands, so that tests can give it.</summary>
internal sealed class CommandServices : InvocationConfiguration
{
    public CommandServices(TextWriter output, TextWriter error)
    {
        Output = output;
        Error = error;
        EnableDefaultExceptionHandler = false;
        // A task has its own way to end: SIGTERM goes to its processes, and its last lines are sent.
        ProcessTerminationTimeout = null;
    }

    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public TransportPace Pace { get; init; } = new();

    public static CommandServices Of(ParseResult arguments) => (CommandServices)arguments.InvocationConfiguration;
}
