namespace Flatnet.Server.Retention;

/// <summary>How long logs are kept, and how full the disk may get.</summary>
internal sealed record RetentionOptions
{
    /// <summary>How long a task is kept after its end, where it does not say so itself.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromDays(90);

    /// <summary>The longest that any task is kept after its last line or change, ended or not, whatever it says itself.</summary>
    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Between two looks at all tasks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The per cent of the data directory's file system in use from which on room is made; 100 for never.</summary>
    public int DiskWatermark { get; init; } = 90;

    /// <summary>Between two looks at the disk.</summary>
    public TimeSpan DiskInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>About how many lines are deleted at once; writers get their turn in between.</summary>
    public int SliceLines { get; init; } = 20_000;

    /// <summary>The rest after each slice and each task.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(20);
}
