namespace Flatnet.Agent.Pipeline;

/// <summary>What the states are called on the wire.</summary>
internal static class TaskStateNames
{
    /// <summary>The name, in capitals.</summary>
    public static string Name(this TaskState state) => state switch
    {
        TaskState.Processing => "PROCESSING",
        TaskState.WaitingForInput => "WAITING_FOR_INPUT",
        TaskState.Completed => "COMPLETED",
        _ => "FAILED",
    };
}
