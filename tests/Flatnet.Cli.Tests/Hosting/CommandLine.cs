using Flatnet.Cli.Hosting;
using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Tests.Hosting;

/// <summary>Runs a whole command line in this process, with an environment of its own.</summary>
internal sealed class CommandLine : IDisposable
{
    private readonly StringWriter _out = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public Dictionary<string, string> Environment { get; } = new() { ["XDG_CONFIG_HOME"] = "/nonexistent" };

    public TerminalInfo Terminal { get; init; } = TerminalInfo.None;

    public string Root { get; init; } = "";

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }

    public Task<int> RunAsync(params string[] arguments) =>
        FlatnetCommand.RunAsync(arguments, new CommandServices(_out, _error, Terminal) { Environment = Environment.GetValueOrDefault, Root = Root, Time = Time });
}
