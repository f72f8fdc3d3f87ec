namespace Flatnet.Cli.Logs;

/// <summary>Where logs are read.</summary>
internal enum Provider
{
    /// <summary>In Loki if it has them, else with Podman, else in files.</summary>
    Auto,

    /// <summary>Only in Loki.</summary>
    Loki,

    /// <summary>Only with Podman.</summary>
    Podman,

    /// <summary>Only in files.</summary>
    File,
}
