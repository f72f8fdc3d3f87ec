namespace Flatnet.Server.Limits;

/// <summary>How much one asker may do; 0 switches a limit off.</summary>
internal sealed record LimitOptions
{
    /// <summary>Requests that read logs, per asker.</summary>
    public int ReadsPerMinute { get; init; } = 1_000;

    /// <summary>WebSocket connections begun, per asker.</summary>
    public int ConnectsPerMinute { get; init; } = 100;

    /// <summary>Messages that carry lines, per connection.</summary>
    public int FramesPerMinute { get; init; } = 10_000;

    /// <summary>Lines of one task, in the long run.</summary>
    public int LinesPerSecond { get; init; } = 1_000;

    /// <summary>Lines of one task at once, after a pause.</summary>
    public int LinesBurst { get; init; } = 10_000;

    /// <summary>Credentials refused, per address.</summary>
    public int FailuresPerMinute { get; init; } = 60;

    /// <summary>Attempts to log in, per user and per address.</summary>
    public int LoginsPerMinute { get; init; } = 10;
}
