using Flatnet.Cni.Attachments;
using Flatnet.Cni.Configuration;
using Flatnet.Cni.Protocol;
using Flatnet.Netlink;

namespace Flatnet.Cni.Bridges;

/// <summary>The VLANs of a bridge port, and the wait for the port to carry traffic.</summary>
internal static class BridgePort
{
    private const ushort NativeVlan = 1;
    private const int OperUp = 6; // IF_OPER_UP in linux/if.h
    private static readonly TimeSpan UpTimeout = TimeSpan.FromSeconds(3);

    /// <summary>The VLANs a configured port has: ID, whether it is the native (PVID, untagged) one.</summary>
    public static List<BridgeVlan> ExpectedVlans(NetworkConfiguration network)
    {
        var vlans = new List<BridgeVlan>();
        int native = NativeVlanOf(network);
        if (native != 0)
        {
            vlans.Add(new BridgeVlan((ushort)native, true, true));
        }

        foreach (VlanRange range in network.VlanTrunk ?? [])
        {
            for (int id = range.First; id <= range.Last; id++)
            {
                if (id != native)
                {
                    vlans.Add(new BridgeVlan((ushort)id, false, false));
                }
            }
        }

        return vlans;
    }

    /// <summary>Gives the port its VLANs; those it was born with go, unless they are to be preserved.</summary>
    /// <exception cref="CniException">Code 105, with the kernel option that is missing when that is the reason.</exception>
    public static void SetVlans(RouteSocket host, int portIndex, NetworkConfiguration network)
    {
        if (!network.NeedsVlanFiltering)
        {
            return;
        }

        try
        {
            var batch = new RouteBatch();
            if (!network.PreserveDefaultVlan)
            {
                foreach (BridgeVlan vlan in host.ListBridgeVlans(portIndex))
                {
                    batch.DeleteBridgeVlan(portIndex, vlan.Id, vlan.Id);
                }
            }

            int native = NativeVlanOf(network);
            if (native != 0)
            {
                batch.AddBridgeVlan(portIndex, (ushort)native, (ushort)native, pvid: true, untagged: true);
            }

            foreach (VlanRange range in network.VlanTrunk ?? [])
            {
                AddTagged(batch, portIndex, range, native);
            }

            if (!batch.IsEmpty)
            {
                host.Execute(batch);
            }
        }
        catch (NetlinkException error) when (error.Is(KernelError.EOPNOTSUPP))
        {
            throw CannotFilter(error);
        }
        catch (NetlinkException error)
        {
            throw Failures.From(error, ErrorCode.LinkFailed);
        }
    }

    /// <summary>The failure on a kernel that was built without VLANs in its bridge.</summary>
    public static CniException CannotFilter(NetlinkException error) => new(
        ErrorCode.LinkFailed,
        "vlan, vlanTrunk: this kernel's bridge cannot filter VLANs",
        $"it needs CONFIG_BRIDGE_VLAN_FILTERING ({error.Message})",
        error);

    /// <summary>
    /// Waits until the port carries traffic. The kernel reports a carrier by a work item; until that has run, packets are
    /// dropped. Reading the link runs it at once since Linux 6.8, and shows when it has run before that.
    /// </summary>
    /// <exception cref="CniException">Code 105: not up within three seconds.</exception>
    public static LinkInfo WaitUntilUp(RouteSocket host, int portIndex, string name)
    {
        long deadline = Environment.TickCount64 + (long)UpTimeout.TotalMilliseconds;
        while (true)
        {
            LinkInfo? port = host.FindLink(portIndex);
            if (port is { OperState: OperUp })
            {
                return port;
            }

            if (port is null || Environment.TickCount64 > deadline)
            {
                throw new CniException(
                    ErrorCode.LinkFailed, $"bridge port in error state: {name}", port is null ? "somebody deleted it" : $"operational state {port.OperState} after 3 s");
            }

            Thread.Sleep(1);
        }
    }

    // A trunk without a VLAN of its own keeps the kernel's VLAN 1 for untagged traffic; 0 = the port has none.
    private static int NativeVlanOf(NetworkConfiguration network) =>
        network.Vlan != 0 ? network.Vlan : network.VlanTrunk is { Count: > 0 } ? NativeVlan : 0;

    // The native VLAN stays untagged although a trunk range covers it.
    private static void AddTagged(RouteBatch batch, int portIndex, VlanRange range, int native)
    {
        if (native < range.First || native > range.Last)
        {
            batch.AddBridgeVlan(portIndex, range.First, range.Last, pvid: false, untagged: false);
            return;
        }

        if (native > range.First)
        {
            batch.AddBridgeVlan(portIndex, range.First, (ushort)(native - 1), pvid: false, untagged: false);
        }

        if (native < range.Last)
        {
            batch.AddBridgeVlan(portIndex, (ushort)(native + 1), range.Last, pvid: false, untagged: false);
        }
    }
}
