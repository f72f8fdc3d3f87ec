namespace Flatnet.Ipam;

/// <summary>Where a document's content comes from.</summary>
internal enum DocumentOrigin
{
    /// <summary>Read from the store.</summary>
    Stored,

    /// <summary>The store holds none yet.</summary>
    Missing,

    /// <summary>The store holds one that does not parse; the next write sets it aside.</summary>
    Broken,

    /// <summary>Put together from what the host knows; not written yet.</summary>
    Recovered,
}
