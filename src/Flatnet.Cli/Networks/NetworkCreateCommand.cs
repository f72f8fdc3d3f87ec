using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Net;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Json;
using Flatnet.Ipam;

namespace Flatnet.Cli.Networks;

/// <summary><c>flatnet network create</c>.</summary>
internal static class NetworkCreateCommand
{
    // The kernel's limits of a veth device: ETH_MIN_MTU, and ETH_MAX_MTU of linux/if_ether.h.
    private const int SmallestMtu = 68;
    private const int LargestMtu = 65535;

    private static readonly Argument<string> Name = new("NAME") { Description = "What podman run --network takes." };

    private static readonly Option<string?> Subnet = new("--subnet")
    {
        Description = "Its addresses; by default the first of 10.87.1.0/24, 10.87.2.0/24, ... that overlaps with nothing.",
        HelpName = "CIDR",
    };

    private static readonly Option<string?> Gateway = new("--gateway")
    {
        Description = "The host's address in it; by default the first.",
        HelpName = "IP",
    };

    private static readonly Option<string?> Bridge = new("--bridge")
    {
        Description = "The name of its bridge; by default the first of flatnet-br0, flatnet-br1, ... that is free.",
        HelpName = "NAME",
    };

    private static readonly Option<int> Mtu = new("--mtu")
    {
        Description = "The largest packet in bytes; by default that of the machine's uplink.",
        HelpName = "BYTES",
        CustomParser = static result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int bytes) && bytes is >= SmallestMtu and <= LargestMtu)
            {
                return bytes;
            }

            result.AddError($"--mtu takes a number of bytes from {SmallestMtu} to {LargestMtu}");
            return 0;
        },
    };

    private static readonly Option<bool> NoMasquerade = new("--no-masq")
    {
        Description = "Let packets to other networks keep the container's address; the routers there must know the way back.",
    };

    private static readonly Option<string[]> Label = new("--label")
    {
        Description = "A label for podman network ls --filter; may be repeated.",
        HelpName = "KEY=VALUE",
    };

    private static readonly Option<bool> Force = new("--force")
    {
        Description = "Take the subnet and the bridge although somebody else has them.",
    };

    private static readonly Option<bool> Cni = new("--cni")
    {
        Description = "Write a CNI network even if Podman on this machine uses netavark; containerd reads it.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document." };

    public static Command Create()
    {
        var command = new Command("create", "Create a network with a subnet that overlaps with nothing.")
        {
            Name, Subnet, Gateway, Bridge, Mtu, NoMasquerade, Label, Force, Cni, Json,
        };
        command.Validators.Add(static result =>
        {
            Require(result, result.GetValue(Subnet) is not { } subnet || IpPrefix.TryParse(subnet, out _), "--subnet takes a subnet such as 10.87.2.0/24");
            Require(result, result.GetValue(Gateway) is not { } gateway || IpAddressText.TryParse(gateway, out _), "--gateway takes an IP address");
            Require(result, result.GetValue(Bridge) is not { } bridge || BridgeNames.IsValid(bridge), "--bridge takes the name of an interface: 15 characters at most, no '/', ':' or space");
            Require(result, result.GetValue(Label) is not { } labels || labels.All(static label => label.IndexOf('=', StringComparison.Ordinal) > 0), "--label takes KEY=VALUE");
            Require(result, result.GetValue(Name) is not { } name || IsNetworkName(name), "a network's name has letters, digits, '_', '.' and '-', the first a letter or digit");
        });
        command.SetAction(Json, RunAsync);
        return command;
    }

    private static void Require(System.CommandLine.Parsing.CommandResult result, bool condition, string message)
    {
        if (!condition)
        {
            result.AddError(message);
        }
    }

    private static bool IsNetworkName(string name)
    {
        const int LongestName = 128;
        return name.Length is > 0 and <= LongestName && char.IsAsciiLetterOrDigit(name[0])
            && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
    }

    private static async Task<int> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        string directory = NetworkCommand.DirectoryOf(context, arguments);
        INetworkBackend backend = await NetworkBackends.ChooseAsync(context, directory, arguments.GetValue(Cni), cancellation).ConfigureAwait(false);
        using IDisposable? guard = await NetworksLock.TakeAsync(context, cancellation).ConfigureAwait(false);
        NetworkPlan plan = new NetworkPlanner(context, backend.Read()).Plan(WishesOf(arguments));
        string file = backend.Create(plan);
        if (arguments.GetValue(Json))
        {
            JsonOutput.Write(context.Out, writer =>
            {
                writer.WriteString("name", plan.Name);
                writer.WriteString("subnet", plan.Subnet.ToString());
                writer.WriteString("gateway", plan.Gateway.ToString());
                writer.WriteString("bridge", plan.Bridge);
                writer.WriteString("file", file);
            });
        }
        else
        {
            context.Out.Write(string.Create(CultureInfo.InvariantCulture, $"{plan.Name}: {plan.Subnet}, gateway {plan.Gateway}, bridge {plan.Bridge}\n"));
            context.Out.Flush();
            context.Error.WriteLine($"Written to {file}. Use it with: podman run --network {plan.Name} ...");
        }

        return ExitCodes.Success;
    }

    private static NetworkWishes WishesOf(ParseResult arguments) => new()
    {
        Name = arguments.GetRequiredValue(Name),
        Subnet = IpPrefix.TryParse(arguments.GetValue(Subnet), out IpPrefix subnet) ? subnet : null,
        Gateway = IpAddressText.TryParse(arguments.GetValue(Gateway), out IPAddress gateway) ? gateway : null,
        Bridge = arguments.GetValue(Bridge),
        Mtu = arguments.GetValue(Mtu),
        IpMasq = !arguments.GetValue(NoMasquerade),
        Labels = (arguments.GetValue(Label) ?? [])
            .Select(static label => label.Split('=', 2))
            .Aggregate(ImmutableSortedDictionary<string, string>.Empty, static (labels, pair) => labels.SetItem(pair[0], pair[1])),
        Force = arguments.GetValue(Force),
    };
}
