using Flatnet.Logs.Times;

namespace Flatnet.Agent.Capture;

/// <summary>The wall clock. Lines are stamped by it and not ordered by it, so it may be set back at any time.</summary>
internal static class Clock
{
    /// <summary>Nanoseconds since 1970.</summary>
    public static long Now() => Rfc3339.Now(TimeProvider.System);
}
