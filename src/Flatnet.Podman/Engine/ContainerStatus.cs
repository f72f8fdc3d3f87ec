using System.Globalization;

namespace Flatnet.Podman;

/// <summary>Says in words how a container is, the same whatever way the engine was asked.</summary>
public static class ContainerStatus
{
    /// <summary>The text of the column STATUS: <c>Up 2 hours (healthy)</c>, <c>Exited (137) 3 minutes ago</c>, <c>Created</c>.</summary>
    public static string Text(Container container, DateTimeOffset now)
    {
        string text = container.State switch
        {
            "running" => Up(container, now),
            "paused" => $"{Up(container, now)} (Paused)",
            "exited" or "stopped" => Exited(container, now),
            "" => "Unknown",
            string state => char.ToUpperInvariant(state[0]) + state[1..],
        };
        return container.Health is null ? text : $"{text} ({container.Health})";
    }

    /// <summary>How long something takes or is ago, as Docker and Podman round it: <c>About an hour</c>, <c>3 weeks</c>.</summary>
    public static string Humanize(TimeSpan duration)
    {
        long hours = (long)Math.Floor(duration.TotalHours + 0.5);
        return duration.TotalSeconds switch
        {
            < 1 => "Less than a second",
            < 2 => "1 second",
            < 60 => $"{(int)duration.TotalSeconds} seconds",
            < 120 => "About a minute",
            < 3600 => $"{(int)duration.TotalMinutes} minutes",
            _ => hours switch
            {
                1 => "About an hour",
                < 48 => $"{hours} hours",
                < 24 * 7 * 2 => $"{hours / 24} days",
                < 24 * 30 * 2 => $"{hours / 24 / 7} weeks",
                < 24 * 365 * 2 => $"{hours / 24 / 30} months",
                _ => $"{(long)duration.TotalHours / 24 / 365} years",
            },
        };
    }

    private static string Up(Container container, DateTimeOffset now)
    {
        return container.StartedAt is DateTimeOffset start ? $"Up {Humanize(now - start)}" : "Up";
    }

    private static string Exited(Container container, DateTimeOffset now)
    {
        string code = container.ExitCode is int exitCode ? string.Create(CultureInfo.InvariantCulture, $" ({exitCode})") : "";
        string ago = container.ExitedAt is DateTimeOffset end ? $" {Humanize(now - end)} ago" : "";
        return $"Exited{code}{ago}";
    }
}
