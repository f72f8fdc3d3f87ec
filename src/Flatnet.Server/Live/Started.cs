namespace Flatnet.Server.Live;

/// <summary>Lines follow.</summary>
/// <param name="FirstSeq">The first line of the history; null without any.</param>
/// <param name="LastSeq">The task's last line now.</param>
internal sealed record Started(long? FirstSeq, long LastSeq) : LiveEvent;
