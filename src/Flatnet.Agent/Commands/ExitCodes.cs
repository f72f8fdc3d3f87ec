namespace Flatnet.Agent.Commands;

/// <summary>What <c>flatnet-agent</c> exits with. <c>execute</c> exits with its task's code, and with <see cref="AgentFailure"/> for everything of its own.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>Something failed, or is not healthy.</summary>
    public const int Failure = 1;

    /// <summary>The command line or the configuration makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>Not the task failed but the agent.</summary>
    public const int AgentFailure = 125;

    /// <summary>Ctrl-C.</summary>
    public const int Interrupted = 130;
}
