namespace Flatnet.Agent.Spool;

/// <summary>When what was written is forced onto the disk.</summary>
internal enum SpoolFsync
{
    /// <summary>At most 100 ms later, many lines at once.</summary>
    Batch,

    /// <summary>With every write.</summary>
    Always,

    /// <summary>When the kernel likes.</summary>
    Never,
}
