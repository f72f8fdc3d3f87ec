using System.Collections.Immutable;

namespace Flatnet.Podman;

/// <summary>What to list.</summary>
public sealed record ListOptions
{
    /// <summary>Also containers that do not run.</summary>
    public bool All { get; init; }

    /// <summary>Filters that the engine applies (<c>label</c>, <c>volume</c>, <c>network</c>, <c>pod</c>, ...), each with its values.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Filters { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Measure sizes, which is slow.</summary>
    public bool Size { get; init; }

    /// <summary>Tell namespaces.</summary>
    public bool Namespaces { get; init; }

    /// <summary>Tell pod names and restarts, which costs a second request.</summary>
    public bool Pods { get; init; }

    /// <summary>Whether the addresses are wanted. Without them the cheapest request will do.</summary>
    public bool Addresses { get; init; } = true;
}
