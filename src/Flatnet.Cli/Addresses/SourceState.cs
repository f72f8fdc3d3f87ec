namespace Flatnet.Cli.Addresses;

/// <summary>Whether a source could be read.</summary>
internal enum SourceState
{
    /// <summary>It is not there, or was not asked.</summary>
    Absent,

    /// <summary>It was read.</summary>
    Ok,

    /// <summary>It is there and could not be read.</summary>
    Error,
}
