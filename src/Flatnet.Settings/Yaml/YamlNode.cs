namespace Flatnet.Settings;

/// <summary>A part of a YAML document and its place in the text.</summary>
internal abstract record YamlNode
{
    /// <summary>From 1.</summary>
    public required int Line { get; init; }

    /// <summary>From 1.</summary>
    public required int Column { get; init; }

    /// <summary>Where it begins in the text.</summary>
    public required int Start { get; init; }

    /// <summary>Where it ends; what follows in its line (a comment) is not part of it.</summary>
    public required int End { get; init; }
}
