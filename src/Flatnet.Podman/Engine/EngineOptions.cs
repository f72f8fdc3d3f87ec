namespace Flatnet.Podman;

/// <summary>How to find Podman.</summary>
public sealed record EngineOptions
{
    /// <summary>From the command line or the configuration: <c>unix:///path</c>, or a bare path; null to look for it.</summary>
    public string? Url { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The command to fall back on; found on PATH. Empty to do without.</summary>
    public string Command { get; init; } = "podman";

    /// <summary>How long a request may take; streams are not limited.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where sockets of services are, for tests.</summary>
    internal string RunDirectory { get; init; } = "/run";
}
