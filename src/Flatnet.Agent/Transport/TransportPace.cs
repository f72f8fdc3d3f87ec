namespace Flatnet.Agent.Transport;

/// <summary>The times and sizes by which lines are sent.</summary>
internal sealed record TransportPace
{
    /// <summary>The most lines of a frame.</summary>
    public int FrameLines { get; init; } = 500;

    /// <summary>The most bytes of a frame's lines; a single line may be longer.</summary>
    public int FrameBytes { get; init; } = 256 * 1024;

    /// <summary>Bytes sent and not acknowledged yet: enough for a fast link, and all that a stalled server costs in memory of the kernel and ours.</summary>
    public int InFlightBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>The first pause before connecting again.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause after the server did not accept who we are.</summary>
    public TimeSpan RefusedPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Without a WebSocket for so long, lines go over REST.</summary>
    public TimeSpan RestAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A server that says nothing for so long, not even a pong, is gone.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>How long the answer to <c>resume</c> or to the last status may take.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the end of a task waits for its last lines to be delivered.</summary>
    public TimeSpan FinalFlush { get; init; } = TimeSpan.FromSeconds(30);
}
