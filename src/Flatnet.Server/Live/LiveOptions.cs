namespace Flatnet.Server.Live;

/// <summary>How far a viewer may fall behind before it goes on at the live edge, with a gap.</summary>
internal sealed partial record LiveOptions
{
    /// <summary>Lines that wait for a viewer.</summary>
    public int BacklogLines { get; init; } = 5000;

    /// <summary>Bytes that wait for a viewer.</summary>
    public long BacklogBytes { get; init; } = 1 << 20;

    /// <summary>How soon to ask the store again for the commits of other servers after that failed.</summary>
    public TimeSpan WatchRetry { get; init; } = TimeSpan.FromSeconds(1);
}
