using Flatnet.Ipam;

namespace Flatnet.Cni.Results;

/// <summary>What ADD answers, independent of the version it is printed in (spec, "Result types").</summary>
internal sealed record CniResult
{
    public IReadOnlyList<ResultInterface> Interfaces { get; init; } = [];

    public IReadOnlyList<ResultAddress> Addresses { get; init; } = [];

    public IReadOnlyList<Route> Routes { get; init; } = [];

    public DnsSettings Dns { get; init; } = new();
}
