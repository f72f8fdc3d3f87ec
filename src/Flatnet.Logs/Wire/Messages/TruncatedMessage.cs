namespace Flatnet.Logs.Wire;

/// <summary>Old lines were deleted.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="BeforeSeq">Lines below this number may be gone.</param>
public sealed record TruncatedMessage(string TaskId, long BeforeSeq) : WireMessage(Name)
{
    /// <summary>The message's name.</summary>
    public const string Name = "truncated";
}
