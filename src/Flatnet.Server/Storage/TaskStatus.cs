namespace Flatnet.Server.Storage;

/// <summary>How a task stands; on the wire in capitals with underscores.</summary>
internal enum TaskStatus : byte
{
    /// <summary>Known, not started.</summary>
    Pending = 1,

    /// <summary>Running.</summary>
    Processing,

    /// <summary>Running, and wants an answer from a person.</summary>
    WaitingForInput,

    /// <summary>Ended well.</summary>
    Completed,

    /// <summary>Ended badly.</summary>
    Failed,
}
