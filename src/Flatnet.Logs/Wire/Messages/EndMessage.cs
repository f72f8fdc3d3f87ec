namespace Flatnet.Logs.Wire;

/// <summary>The task is over and all its lines were sent; or the history that was asked for is.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Status">The task's status.</param>
/// <param name="ExitCode">Its exit code; null without one.</param>
/// <param name="LastSeq">Its last line.</param>
public sealed record EndMessage(string TaskId, string Status, int? ExitCode, long LastSeq) : WireMessage(Name)
{
    /// <summary>The message's name.</summary>
    public const string Name = "end";
}
