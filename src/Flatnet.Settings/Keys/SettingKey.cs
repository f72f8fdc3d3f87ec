using System.Collections.Immutable;

namespace Flatnet.Settings;

/// <summary>One setting.</summary>
/// <param name="Path">Its key in the file, sections and name joined with dots: <c>logStreaming.bufferSize</c>.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Default">The value, as a user would write it, when nobody says another; null for none.</param>
/// <param name="Description">What it does, in a line.</param>
public sealed record SettingKey(string Path, SettingKind Kind, string? Default, string Description)
{
    /// <summary>The environment variables that say the same; the first that is set wins, and an empty one is not set.</summary>
    public ImmutableArray<string> Variables { get; init; } = [];

    /// <summary>
    /// The value is never shown. It may stand in a file of its own, without its last line end: the variable's name with
    /// <c>_FILE</c>, or the key with <c>File</c>, names that file.
    /// </summary>
    public bool IsSecret { get; init; }

    /// <summary>The texts that are accepted, in any case; empty for all.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>The least number, size in bytes or duration in milliseconds.</summary>
    public long? Least { get; init; }

    /// <summary>The greatest number, size in bytes or duration in milliseconds.</summary>
    public long? Most { get; init; }
}
