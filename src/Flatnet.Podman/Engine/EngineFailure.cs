namespace Flatnet.Podman;

/// <summary>Why Podman could not be asked.</summary>
public enum EngineFailure
{
    /// <summary>No socket and no command.</summary>
    Absent,

    /// <summary>The socket is there, and this user may not open it.</summary>
    Denied,

    /// <summary>It did not answer in time.</summary>
    Timeout,

    /// <summary>It answered with an error, or with something that is no answer.</summary>
    Refused,
}
