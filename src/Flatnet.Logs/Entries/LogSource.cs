namespace Flatnet.Logs;

/// <summary>Where a task's line comes from.</summary>
public enum LogSource : byte
{
    /// <summary>The task's standard output.</summary>
    Stdout = 1,

    /// <summary>The task's standard error.</summary>
    Stderr,

    /// <summary>The agent that runs the task: its own remarks.</summary>
    Agent,
}
