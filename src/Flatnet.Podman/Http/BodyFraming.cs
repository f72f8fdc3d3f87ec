namespace Flatnet.Podman.Http;

/// <summary>How the end of a body is told.</summary>
internal enum BodyFraming
{
    /// <summary>By its length.</summary>
    Length,

    /// <summary>In pieces, each after its length; an empty one is the last.</summary>
    Chunked,

    /// <summary>By the end of the connection.</summary>
    UntilClose,
}
