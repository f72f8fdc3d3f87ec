namespace Flatnet.Logs.Wire;

/// <summary>An agent says how its task stands. It holds after all lines that were sent before it.</summary>
/// <param name="Status">PROCESSING, WAITING_FOR_INPUT, COMPLETED or FAILED.</param>
/// <param name="ExitCode">The exit code of a task that ended.</param>
/// <param name="StreamId">The agent process.</param>
public sealed record StatusMessage(string? Status, int? ExitCode = null, string? StreamId = null) : WireMessage(Name)
{
    /// <summary>The message's name.</summary>
    public const string Name = "status";
}
