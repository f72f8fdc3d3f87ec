using Flatnet.Cli.Ps.Filters;
using Flatnet.Cli.Ps.Listing;

namespace Flatnet.Cli.Ps;

/// <summary>The command line of <c>flatnet ps</c>, free of contradictions.</summary>
internal sealed record PsOptions
{
    public bool All { get; init; }

    public PsFilter Filter { get; init; } = PsFilter.Parse([]);

    /// <summary>One JSON document.</summary>
    public bool Json { get; init; }

    public bool Quiet { get; init; }

    public bool NoTruncate { get; init; }

    /// <summary><c>table</c>, <c>table TEMPLATE</c> or a template; null when not given.</summary>
    public string? Format { get; init; }

    /// <summary>Only so many, the newest; null for all.</summary>
    public int? Last { get; init; }

    public bool Size { get; init; }

    public bool Namespaces { get; init; }

    public bool Pod { get; init; }

    /// <summary>One of <see cref="PsOrder.Keys"/>.</summary>
    public string Sort { get; init; } = PsOrder.Default;

    public bool NoHeading { get; init; }

    /// <summary>How often to refresh the ages; null to list once.</summary>
    public TimeSpan? Watch { get; init; }

    public bool NoAddresses { get; init; }

    public bool Remote { get; init; }

    /// <summary>Whether containers that do not run are meant too.</summary>
    public bool ShowsAll => All || Last is not null || Filter.ImpliesAll;

    /// <summary>What has to be found out for options, filters and order; the format may need more.</summary>
    public PsNeeds Needs =>
        Filter.Needs
        | PsOrder.Needs(Sort)
        | (Remote ? PsNeeds.Addresses : PsNeeds.None)
        | (Size ? PsNeeds.Size : PsNeeds.None)
        | (Pod ? PsNeeds.Pods : PsNeeds.None)
        | (Namespaces ? PsNeeds.Namespaces : PsNeeds.None);
}
