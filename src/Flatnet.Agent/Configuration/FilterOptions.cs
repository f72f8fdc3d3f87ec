using System.Collections.Immutable;

namespace Flatnet.Agent.Configuration;

/// <summary>Which lines leave the machine, and what of them.</summary>
internal sealed record FilterOptions
{
    public required ImmutableArray<string> IncludePatterns { get; init; }

    public required ImmutableArray<string> ExcludePatterns { get; init; }

    /// <summary>A hit of an exclude pattern drops the line instead of masking it.</summary>
    public required bool DropsExcluded { get; init; }

    /// <summary>Longer messages are cut, in bytes.</summary>
    public required int MaxMessageLength { get; init; }
}
