namespace Flatnet.Command.Tests.Harness;

/// <summary>What a finished command left: its exit code and everything it printed.</summary>
internal sealed record CommandResult(string CommandLine, int ExitCode, string Output, string Error)
{
    /// <summary>Standard output without the final line break.</summary>
    public string Text => Output.TrimEnd();

    public CommandResult ExpectSuccess()
    {
        return ExitCode == 0 ? this : throw new CommandFailedException($"expected exit code 0, got {ExitCode}", this);
    }

    public CommandResult ExpectFailure()
    {
        return ExitCode != 0 ? this : throw new CommandFailedException("expected the command to fail, but it succeeded", this);
    }
}
