using Flatnet.Cli.Doctor.Probes;
using Flatnet.Netlink;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether a container's packets fit through the uplink. Larger ones get lost: small requests work and large transfers hang.</summary>
internal sealed class MtuCheck : ICheck
{
    public string Category => "Network";

    public string Name => "MTU fits the uplink";

    public Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation) => Task.FromResult(Look(context));

    private static CheckResult Look(DoctorContext context)
    {
        NetworkSnapshot kernel = context.Kernel;
        if (kernel.Find(context.Bridge) is not { } bridge)
        {
            return CheckResult.Pass($"not checked: {context.Bridge} does not exist yet");
        }

        if (kernel.Uplink is not { } uplink)
        {
            return CheckResult.Pass("not checked: there is no default route");
        }

        LinkInfo largest = kernel.Links.Where(link => link.MasterIndex == bridge.Index).Append(bridge).MaxBy(link => link.Mtu)!;
        return largest.Mtu <= uplink.Mtu
            ? CheckResult.Pass($"{bridge.Name} has {bridge.Mtu} bytes, the uplink {uplink.Name} {uplink.Mtu}")
            : CheckResult.Warning(
                $"{largest.Name} has an MTU of {largest.Mtu} bytes, but the uplink {uplink.Name} only {uplink.Mtu} (a VPN?): large transfers may hang",
                $"Write \"mtu\": {uplink.Mtu} into {context.Network?.File ?? "the network's .conflist"}, then: sudo ip link set dev {bridge.Name} mtu {uplink.Mtu} && podman restart $(podman ps -q --filter network={context.Command.Settings.Network})");
    }
}
