using Flatnet.Server.Storage;

namespace Flatnet.Server.Retention;

/// <summary>When a task has been kept long enough.</summary>
internal static class RetentionRule
{
    /// <summary>The time from which on a task may go, in nanoseconds since 1970.</summary>
    public static long Due(TaskRecord task, RetentionOptions options)
    {
        var cap = Add(task.UpdatedAt, options.MaximumAge);
        return task.EndedAt is { } ended ? Math.Min(cap, Add(ended, task.Retention ?? options.Period)) : cap;
    }

    /// <summary>A period may be as long as a TimeSpan goes, which is more than nanoseconds since 1970 can say.</summary>
    private static long Add(long time, TimeSpan period) => (long)Int128.Min(long.MaxValue, time + ((Int128)period.Ticks * 100));
}
