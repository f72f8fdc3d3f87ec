namespace Flatnet.Cli.Ipam;

/// <summary>What becomes of an address that is not free.</summary>
internal enum AddressState
{
    /// <summary>A container has it.</summary>
    Live,

    /// <summary>Its container is gone; it waits to be swept.</summary>
    Stale,

    /// <summary>It is kept for the name that had it last, and given away only when nothing else is left.</summary>
    Reserved,

    /// <summary>It is kept for a name and never given to another.</summary>
    Static,
}
