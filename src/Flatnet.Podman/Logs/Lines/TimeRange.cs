namespace Flatnet.Podman.Logs;

/// <summary>A span of time: from the first nanosecond, up to but without the last.</summary>
internal readonly record struct TimeRange(long Since, long Until)
{
    public static TimeRange Of(LogQuery query)
    {
        return new TimeRange(query.Since ?? long.MinValue, query.Until ?? long.MaxValue);
    }

    public bool Contains(long time)
    {
        return time >= Since && time < Until;
    }
}
