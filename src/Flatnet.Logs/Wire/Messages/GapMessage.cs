namespace Flatnet.Logs.Wire;

/// <summary>Lines were not sent because the viewer was slow; they can be fetched over REST.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="FromSeq">The first line left out.</param>
/// <param name="ToSeq">The last line left out.</param>
/// <param name="Count">How many.</param>
/// <param name="Reason">Why.</param>
public sealed record GapMessage(string TaskId, long FromSeq, long ToSeq, long Count, string Reason) : WireMessage(Name)
{
    /// <summary>The message's name.</summary>
    public const string Name = "gap";
}
