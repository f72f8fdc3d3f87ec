using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Flatnet.Cli.Hosting;
using Flatnet.Ipam;

namespace Flatnet.Cli.Networks;

/// <summary>Turns wishes into a network that clashes with nothing on this machine.</summary>
internal sealed class NetworkPlanner(CommandContext context, InstalledNetworks installed)
{
    // Words that podman run --network takes for something else.
    private static readonly string[] ReservedNames = ["bridge", "container", "default", "host", "none", "ns", "pasta", "private", "slirp4netns"];

    /// <exception cref="CommandException">A wish cannot be granted; nothing was changed.</exception>
    public NetworkPlan Plan(NetworkWishes wishes)
    {
        RefuseName(wishes.Name);
        IpPrefix subnet = ChooseSubnet(wishes);
        return new NetworkPlan
        {
            Name = wishes.Name,
            Subnet = subnet,
            Gateway = ChooseGateway(wishes.Gateway, subnet),
            Bridge = ChooseBridge(wishes),
            Mtu = wishes.Mtu,
            IpMasq = wishes.IpMasq,
            Labels = wishes.Labels,
        };
    }

    private void RefuseName(string name)
    {
        if (installed.Find(name) is { } existing)
        {
            throw new CommandException($"there is a network \"{name}\" already: {existing.File}", $"Take another name, or remove it: flatnet network rm {name}");
        }

        if (ReservedNames.Contains(name))
        {
            throw CommandException.Usage($"a network cannot be called \"{name}\": podman run --network {name} means something else");
        }
    }

    private IpPrefix ChooseSubnet(NetworkWishes wishes)
    {
        ImmutableArray<OccupiedSubnet> occupied = OccupiedSubnets.Find(context, installed, OwnBridge(wishes));
        IpPrefix? free = FreeSubnet.Find(occupied);
        if (wishes.Subnet is not { } wish)
        {
            return free ?? throw new CommandException(
                "every subnet from 10.87.1.0/24 to 10.87.254.0/24 and from 192.168.1.0/24 to 192.168.254.0/24 overlaps with something",
                "Name one yourself: --subnet CIDR. With --force it may overlap.");
        }

        if (!wish.NetworkAddress.Equals(wish.Address))
        {
            throw CommandException.Usage($"{wish} is an address, not a subnet", $"The subnet is {wish with { Address = wish.NetworkAddress }}.");
        }

        if (wish.Length > (wish.Address.AddressFamily == AddressFamily.InterNetwork ? 30 : 126))
        {
            throw CommandException.Usage($"{wish} has no room for a gateway and a container");
        }

        return !wishes.Force && FreeSubnet.ClashOf(wish, occupied) is { } clash
            ? throw new CommandException(
                $"{wish} overlaps with {clash.Subnet}, which is taken by {clash.Owner}",
                $"{(free is { } other ? $"{other} is free: --subnet {other}\n" : "")}With --force it is taken all the same; one of the two will then not be reached.")
            : wish;
    }

    private static IPAddress ChooseGateway(IPAddress? wish, IpPrefix subnet)
    {
        if (wish is null)
        {
            byte[] first = subnet.Address.GetAddressBytes();
            first[^1]++;
            return new IPAddress(first);
        }

        bool isLast = wish.AddressFamily == AddressFamily.InterNetwork && subnet.Contains(wish) && !subnet.Contains(Next(wish));
        return subnet.Contains(wish) && !wish.Equals(subnet.Address) && !isLast
            ? wish
            : throw CommandException.Usage($"the gateway {wish} is not an address for a host in {subnet}");
    }

    private static IPAddress Next(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int i = bytes.Length - 1; i >= 0 && ++bytes[i] == 0; i--)
        {
        }

        return new IPAddress(bytes);
    }

    private string ChooseBridge(NetworkWishes wishes)
    {
        if (wishes.Bridge is not { } wish)
        {
            return OwnBridge(wishes) ?? BridgeNames.FindFree(context, installed);
        }

        return !wishes.Force && BridgeNames.OwnerOf(wish, context, installed) is { } owner
            ? throw new CommandException(
                $"the bridge {wish} is taken by {owner}",
                $"{BridgeNames.FindFree(context, installed)} is free. With --force containers of both share the bridge.")
            : wish;
    }

    // Unless a network that is installed has it by now.
    private string? OwnBridge(NetworkWishes wishes) =>
        wishes.OwnBridge is { } own && installed.Networks.All(network => network.Bridge != own) ? own : null;
}
