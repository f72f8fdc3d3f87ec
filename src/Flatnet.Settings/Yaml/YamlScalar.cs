namespace Flatnet.Settings;

/// <summary>A single value.</summary>
internal sealed record YamlScalar : YamlNode
{
    public required string Value { get; init; }

    /// <summary>No quotes are around it.</summary>
    public required bool IsPlain { get; init; }

    public bool IsNull => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";
}
