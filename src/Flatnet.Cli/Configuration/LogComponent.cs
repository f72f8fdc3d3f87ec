using System.Collections.Immutable;

namespace Flatnet.Cli.Configuration;

/// <summary>A part of Flatnet that logs and is no container of its own name.</summary>
/// <param name="Selector">Its streams in Loki; empty when it is not there.</param>
/// <param name="Container">The container that it runs in; empty without.</param>
/// <param name="Files">Its log files on this machine.</param>
internal sealed record LogComponent(string Selector, string Container, ImmutableArray<string> Files)
{
    /// <summary>The components of a Flatnet installation. The selectors match what shippers really set, old and new.</summary>
    public static ImmutableSortedDictionary<string, LogComponent> Defaults { get; } = new Dictionary<string, LogComponent>
    {
        ["gateway"] = new("{job=\"gateway\"}", "", []),
        ["cni"] = new("{job=~\"cni-plugin|flatnet-cni\"}", "", ["/var/log/flatnet/cni.log"]),
        ["prometheus"] = new("{job=\"prometheus\"}", "flatnet-prometheus", []),
        ["grafana"] = new("{job=\"grafana\"}", "flatnet-grafana", []),
        ["loki"] = new("{job=\"loki\"}", "flatnet-loki", []),
    }.ToImmutableSortedDictionary(StringComparer.OrdinalIgnoreCase);
}
