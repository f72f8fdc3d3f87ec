using System.Text.Json.Serialization;

namespace Flatnet.Agent.Transport;

/// <summary>How the task stands: PROCESSING, WAITING_FOR_INPUT, COMPLETED or FAILED.</summary>
internal sealed record TaskReport(string Status, int? ExitCode = null)
{
    public static TaskReport Processing { get; } = new("PROCESSING");

    public static TaskReport WaitingForInput { get; } = new("WAITING_FOR_INPUT");

    /// <summary>The task's agent is gone, and nobody saw how it ended.</summary>
    public static TaskReport Lost { get; } = new("FAILED");

    /// <summary>Nothing follows.</summary>
    [JsonIgnore]
    public bool IsEnd => Status is "COMPLETED" or "FAILED";

    /// <summary>The end, by the task's exit code.</summary>
    public static TaskReport Ended(int exitCode) => new(exitCode == 0 ? "COMPLETED" : "FAILED", exitCode);
}
