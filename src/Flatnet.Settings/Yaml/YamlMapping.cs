using System.Collections.Immutable;

namespace Flatnet.Settings;

/// <summary>Keys with their values.</summary>
internal sealed record YamlMapping : YamlNode
{
    public required ImmutableArray<(YamlScalar Key, YamlNode Value)> Entries { get; init; }

    /// <summary>In braces, as JSON writes it.</summary>
    public required bool IsFlow { get; init; }
}
