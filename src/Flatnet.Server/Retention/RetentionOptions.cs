using System.Collections.Immutable;
using Flatnet.Settings;

namespace Flatnet.Server.Retention;

/// <summary>How long logs are kept, and how full the disk may get.</summary>
internal sealed record RetentionOptions
{
    public static readonly ImmutableArray<SettingKey> Keys =
    [
        new("retention.period", SettingKind.Duration, "90d", "How long a task's lines are kept after its end, unless the task says it itself.")
        {
            Variables = ["FLATNET_RETENTION_PERIOD"], Least = 60_000,
        },
        new("retention.maxAge", SettingKind.Duration, "365d", "The longest that any task is kept after its last line.")
        {
            Variables = ["FLATNET_RETENTION_MAX_AGE"], Least = 60_000,
        },
        new("retention.interval", SettingKind.Duration, "1h", "How often old tasks are looked for.")
        {
            Variables = ["FLATNET_RETENTION_INTERVAL"], Least = 1_000, Most = 86_400_000,
        },
        new("retention.diskWatermark", SettingKind.Whole, "90", "Per cent of the disk in use from which on finished tasks are deleted, and then lines refused; 100 for never.")
        {
            Variables = ["FLATNET_RETENTION_DISK_WATERMARK"], Least = 1, Most = 100,
        },
    ];

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

    public static RetentionOptions From(SettingValues values) => new()
    {
        Period = values.Duration("retention.period"),
        MaximumAge = values.Duration("retention.maxAge"),
        Interval = values.Duration("retention.interval"),
        DiskWatermark = values.Whole("retention.diskWatermark"),
    };
}
