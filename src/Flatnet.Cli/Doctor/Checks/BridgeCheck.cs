using System.Net.Sockets;
using Flatnet.Cli.Doctor.Probes;
using Flatnet.Ipam;
using Flatnet.Netlink;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether the bridge is there, switched on, and has the gateway's address. One without ports has no carrier, which is as it should be.</summary>
internal sealed class BridgeCheck : ICheck
{
    public string Category => "CNI Plugin";

    public string Name => "Bridge exists";

    public async Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation)
    {
        NetworkSnapshot kernel = context.Kernel;
        if (kernel.Find(context.Bridge) is not { } bridge)
        {
            return await MissingAsync(context, cancellation);
        }

        if (bridge.Kind != "bridge")
        {
            return CheckResult.Fail(
                $"{bridge.Name} is no bridge but {bridge.Kind ?? "a device"}", $"Give it another name: ip link set dev {bridge.Name} name {bridge.Name}-old");
        }

        if (!bridge.IsUp)
        {
            return CheckResult.Warning($"{bridge.Name} is switched off", $"sudo ip link set dev {bridge.Name} up");
        }

        AddressInfo[] own = [.. kernel.Addresses.Where(address => address.LinkIndex == bridge.Index)];
        foreach (AddressRange range in context.Network is { IsGateway: true, Ipam: { } ipam } ? ipam.RangeSets.SelectMany(set => set.Ranges) : [])
        {
            if (!own.Any(address => address.Address.Equals(range.Gateway)))
            {
                return CheckResult.Warning(
                    $"{bridge.Name} does not have the gateway's address {range.Gateway}",
                    $"sudo ip addr add {range.Gateway}/{range.Subnet.Length} dev {bridge.Name}");
            }
        }

        string addresses = string.Join(", ", own.Where(address => address.Address.AddressFamily == AddressFamily.InterNetwork).Select(address => $"{address.Address}/{address.PrefixLength}"));
        return CheckResult.Pass($"{bridge.Name} is up" + (addresses.Length > 0 ? $", {addresses}" : ""));
    }

    private static async Task<CheckResult> MissingAsync(DoctorContext context, CancellationToken cancellation) =>
        await context.IsInUseAsync(cancellation)
            ? CheckResult.Fail(
                $"{context.Bridge} does not exist although containers of the network \"{context.Command.Settings.Network}\" run: they are cut off",
                $"Restart them, which makes it again: podman restart $(podman ps -q --filter network={context.Command.Settings.Network})")
            : CheckResult.Warning(
                $"{context.Bridge} does not exist yet; the first container makes it",
                $"podman run --rm --network {context.Command.Settings.Network} IMAGE true");
}
