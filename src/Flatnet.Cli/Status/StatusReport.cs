using System.Collections.Immutable;

namespace Flatnet.Cli.Status;

/// <summary>All that <c>flatnet status</c> shows.</summary>
/// <param name="Components">The rows in order; the gateway is first.</param>
/// <param name="Containers">Running containers; 0 also when Podman cannot be asked.</param>
/// <param name="Uptime">The gateway's, in its own words; null when it does not tell.</param>
/// <param name="GatewayUrl">Which gateway was asked.</param>
internal sealed record StatusReport(ImmutableArray<ComponentStatus> Components, int Containers, string? Uptime, Uri GatewayUrl)
{
    public bool IsGatewayRunning => Components[0].State == ComponentState.Running;
}
