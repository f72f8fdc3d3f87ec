namespace Flatnet.Cli.Setup;

/// <summary>One thing that was changed, with what is needed to change it back.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">Where it is.</param>
internal sealed record SetupEntry(SetupEntryKind Kind, string Path)
{
    /// <summary>What is there now: a file's SHA-256, a link's target, a setting's value.</summary>
    public string? Content { get; init; }

    /// <summary>A setting's value before.</summary>
    public string? Previous { get; init; }

    /// <summary>Where the file that was there before is kept.</summary>
    public string? Backup { get; init; }
}
