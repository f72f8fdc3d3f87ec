namespace Flatnet.Podman.Logs;

/// <summary>A line and when it came here, in milliseconds since the machine started.</summary>
internal readonly record struct ArrivedLine(LogRecord Record, long Arrived)
{
    /// <summary>How long it may still wait, given how long in all.</summary>
    public TimeSpan Remaining(TimeSpan patience)
    {
        return patience - TimeSpan.FromMilliseconds(Environment.TickCount64 - Arrived);
    }
}
