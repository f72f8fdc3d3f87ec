namespace Flatnet.Loki;

/// <summary>How lines are written.</summary>
public sealed record LokiPushOptions
{
    /// <summary>How often the same lines are sent before giving up, where Loki is busy or cannot be reached.</summary>
    public int MaxAttempts { get; init; } = 10;

    /// <summary>The pause before the second attempt; it doubles from there.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest pause between two attempts.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Compress what is sent.</summary>
    public bool Compress { get; init; }
}
