using System.Collections.Immutable;

namespace Flatnet.Settings;

/// <summary>A list.</summary>
internal sealed record YamlSequence : YamlNode
{
    public required ImmutableArray<YamlNode> Items { get; init; }

    /// <summary>The items; null when one of them is no single value.</summary>
    public ImmutableArray<string>? Texts => Items.All(item => item is YamlScalar) ? [.. Items.Cast<YamlScalar>().Select(item => item.Value)] : null;
}
