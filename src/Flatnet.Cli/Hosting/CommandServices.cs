using System.CommandLine;
using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Hosting;

/// <summary>The outside of the process, on its way from <c>Main</c> to the commands.</summary>
internal sealed class CommandServices(TextWriter output, TextWriter error, TerminalInfo terminal) : InvocationConfiguration
{
    public TextWriter Out { get; } = output;

    public TextWriter ErrorOut { get; } = error;

    public TerminalInfo Terminal { get; } = terminal;

    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string Root { get; init; } = "";
}
