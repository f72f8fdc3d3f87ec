using System.Collections.Immutable;
using Flatnet.Cli.Doctor.Checks;

namespace Flatnet.Cli.Doctor;

/// <summary>All checks. Within a category they are shown in this order.</summary>
internal static class CheckList
{
    public static ImmutableArray<ICheck> All { get; } =
    [
        new GatewayHttpCheck(),
        new GatewayApiCheck(),
        new GatewayMetricsCheck(),
        new PluginInstalledCheck(),
        new NetworkConfiguredCheck(),
        new NetworkBackendCheck(),
        new BridgeCheck(),
        new IpamStateCheck(),
        new StaleLeasesCheck(),
        new DuplicateAddressesCheck(),
        new AddressPoolCheck(),
        new WindowsReachableCheck(),
        new ForwardingCheck(),
        new ForwardPolicyCheck(),
        new EgressCheck(),
        new MtuCheck(),
        new SubnetOverlapCheck(),
        new DnsCheck(),
        new MonitoringCheck("Prometheus", "/-/healthy", settings => settings.PrometheusUrl),
        new MonitoringCheck("Grafana", "/api/health", settings => settings.GrafanaUrl),
        new MonitoringCheck("Loki", "/ready", settings => settings.LokiUrl),
        new LogFreshnessCheck(),
        DiskCheck.Root(),
        DiskCheck.GraphRoot(),
        DiskCheck.Leases(),
        new ClockSkewCheck(),
        new KernelFeaturesCheck(),
        new LogDriverCheck(),
        new EventsLoggerCheck(),
        new LogDirectoryCheck(),
        new PodmanCheck(),
        new WslNetworkingCheck(),
        new WslIdleCheck(),
    ];
}
