using System.Text.Json.Serialization;
using Flatnet.Agent.Pipeline;

namespace Flatnet.Agent.Transport;

/// <summary>How the task stands: PROCESSING, WAITING_FOR_INPUT, COMPLETED or FAILED.</summary>
internal sealed record TaskReport(string Status, int? ExitCode = null)
{
    public static TaskReport Processing { get; } = new(TaskState.Processing.Name());

    public static TaskReport WaitingForInput { get; } = new(TaskState.WaitingForInput.Name());

    /// <summary>The task's agent is gone, and nobody saw how it ended.</summary>
    public static TaskReport Lost { get; } = new(TaskState.Failed.Name());

    /// <summary>Nothing follows.</summary>
    [JsonIgnore]
    public bool IsEnd => Status == TaskState.Completed.Name() || Status == TaskState.Failed.Name();

    /// <summary>How it ended.</summary>
    public static TaskReport Ended(TaskOutcome outcome) => new(outcome.State.Name(), outcome.ExitCode);
}
