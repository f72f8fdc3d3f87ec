namespace Flatnet.Agent.Pipeline;

/// <summary>How a task ended.</summary>
/// <param name="ExitCode">The child's code; 128 + n for signal n; 124 for the time limit; 125 for a failure of the agent; 126 and 127 when it could not be run.</param>
internal sealed record TaskOutcome(int ExitCode)
{
    public TaskState State => ExitCode == 0 ? TaskState.Completed : TaskState.Failed;
}
