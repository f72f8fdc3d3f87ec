namespace Flatnet.Agent.Pipeline;

/// <summary>How a task stands.</summary>
internal enum TaskState
{
    /// <summary>It runs.</summary>
    Processing,

    /// <summary>It seems to wait for an answer that nobody will type: it wrote a prompt and is idle.</summary>
    WaitingForInput,

    /// <summary>It ended with exit code 0.</summary>
    Completed,

    /// <summary>It ended otherwise.</summary>
    Failed,
}
