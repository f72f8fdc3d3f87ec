namespace Flatnet.Agent.Processes;

/// <summary>The exit codes of a task that are not its own.</summary>
internal static class ExitCode
{
    public const int TimedOut = 124;
    public const int AgentFailure = 125;
    public const int NotExecutable = 126;
    public const int NotFound = 127;

    /// <summary>Added to a signal's number.</summary>
    public const int Signal = 128;
}
