using System.Collections.Immutable;

namespace Flatnet.Cli.Doctor.Probes;

/// <summary>The netfilter rules that matter to Flatnet.</summary>
internal sealed record Ruleset
{
    /// <summary>Why the kernel has no nf_tables, in its words; null when it has.</summary>
    public string? Unavailable { get; init; }

    /// <summary>The comments of the rules in Flatnet's own chain of egress rules.</summary>
    public ImmutableArray<string> EgressComments { get; init; } = [];

    /// <summary>The chains that see forwarded packets, as far as they have names that are usual.</summary>
    public ImmutableArray<ForwardChain> ForwardChains { get; init; } = [];
}
