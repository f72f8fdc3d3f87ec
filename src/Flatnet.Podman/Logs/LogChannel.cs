namespace Flatnet.Podman;

/// <summary>Where a container wrote a line.</summary>
public enum LogChannel : byte
{
    /// <summary>Standard output, and everything when the container has a terminal.</summary>
    Output = 1,

    /// <summary>Standard error.</summary>
    Error = 2,
}
