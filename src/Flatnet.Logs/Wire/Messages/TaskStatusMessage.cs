namespace Flatnet.Logs.Wire;

/// <summary>A task's status changed; on the channel of all tasks' statuses.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Status">PENDING, PROCESSING, WAITING_FOR_INPUT, COMPLETED or FAILED.</param>
/// <param name="ExitCode">Its exit code; null without one.</param>
/// <param name="LastSeq">Its last line.</param>
/// <param name="Timestamp">When.</param>
public sealed record TaskStatusMessage(string TaskId, string Status, int? ExitCode, long LastSeq, string Timestamp) : WireMessage(Name)
{
    /// <summary>The message's name.</summary>
    public const string Name = "task_status";
}
