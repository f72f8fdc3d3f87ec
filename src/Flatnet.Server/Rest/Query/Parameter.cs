using System.Collections.Immutable;

namespace Flatnet.Server.Rest.Query;

/// <summary>A parameter of a query string: what the endpoint reads and what its description says come from the same place.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Description">What it does, in a line.</param>
internal sealed record Parameter(string Name, ParameterKind Kind, string Description)
{
    /// <summary>The values that are accepted; empty for all.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>The least whole number.</summary>
    public long Least { get; init; }

    /// <summary>The greatest whole number.</summary>
    public long Most { get; init; } = long.MaxValue;
}
