using System.Collections.Immutable;

namespace Flatnet.Cli.Addresses;

/// <summary>What a source said.</summary>
/// <param name="State">Whether it could be read.</param>
/// <param name="Claims">What it says about containers.</param>
/// <param name="Warnings">What a person should know, one sentence each.</param>
internal sealed record SourceReading(SourceState State, ImmutableArray<AddressClaim> Claims, ImmutableArray<string> Warnings)
{
    /// <summary>There is no such source.</summary>
    public static SourceReading Absent { get; } = new(SourceState.Absent, [], []);

    /// <summary>It could not be read.</summary>
    public static SourceReading Failed(string warning) => new(SourceState.Error, [], [warning]);
}
