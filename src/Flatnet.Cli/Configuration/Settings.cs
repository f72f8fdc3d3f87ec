using System.Collections.Immutable;

namespace Flatnet.Cli.Configuration;

/// <summary>All settings, from the file, the environment and the global options.</summary>
internal sealed record Settings
{
    /// <summary>The gateway's address without a trailing slash; null: look for it.</summary>
    public Uri? GatewayUrl { get; init; }

    public TimeSpan GatewayTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Colours on a terminal.</summary>
    public bool Color { get; init; } = true;

    public Uri PrometheusUrl { get; init; } = new("http://localhost:9090");

    public Uri GrafanaUrl { get; init; } = new("http://localhost:3000");

    public Uri LokiUrl { get; init; } = new("http://localhost:3100");

    public string? LokiTenant { get; init; }

    public string? LokiToken { get; init; }

    public TimeSpan LokiTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Podman's socket; null: look for it.</summary>
    public string? PodmanUrl { get; init; }

    /// <summary>The network whose addresses are Flatnet's.</summary>
    public string Network { get; init; } = "flatnet";

    /// <summary>The lease file; null: <c>/var/lib/cni/NETWORK/ipam.json</c>.</summary>
    public string? IpamPath { get; init; }

    /// <summary>What <c>flatnet logs NAME</c> reads for a name that is no container, by lower-case name.</summary>
    public ImmutableSortedDictionary<string, LogComponent> Components { get; init; } = LogComponent.Defaults;

    /// <summary>How far back a search for the last lines goes.</summary>
    public TimeSpan MaxLookback { get; init; } = TimeSpan.FromHours(168);

    /// <summary>The log server's address; null when none is configured.</summary>
    public Uri? ServerUrl { get; init; }

    public string? ServerToken { get; init; }

    /// <summary>What was odd in the file but does no harm, such as an unknown key.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];
}
