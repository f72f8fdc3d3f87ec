using System.Collections.Immutable;

namespace Flatnet.Settings;

/// <summary>A value as somebody wrote it, and where.</summary>
/// <param name="Name">What a message calls it: the variable, or the key.</param>
/// <param name="Origin">Where it is from, as a user is told.</param>
internal sealed record WrittenSetting(string Name, string Origin)
{
    /// <summary>The value; null when it is a list or a section.</summary>
    public string? Text { get; init; }

    /// <summary>The values of a list.</summary>
    public ImmutableArray<string>? Items { get; init; }

    /// <summary>The text names a file that holds the value; a relative name begins at this directory.</summary>
    public string? FileFrom { get; init; }

    public string? File { get; init; }

    public int Line { get; init; }

    public int Column { get; init; }

    public SettingMistake Mistake(string problem) => new(problem) { File = File, Line = Line, Column = Column };
}
