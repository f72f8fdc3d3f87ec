namespace Flatnet.Server.Storage;

/// <summary>When lines count as durable.</summary>
internal enum Durability
{
    /// <summary>When the disk has them: a power cut loses nothing.</summary>
    Fsync = 1,

    /// <summary>When the operating system has them: a crash of the server loses nothing, one of the machine may lose the last seconds.</summary>
    Os,
}
