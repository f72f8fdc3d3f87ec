using System.Text.Json.Nodes;
using Flatnet.Stress.Tests.Driver;

namespace Flatnet.Stress.Tests;

/// <summary>A sandbox with containers' namespaces, and calls of the plugins for them.</summary>
internal sealed class StressHost : IDisposable
{
    public const string StateFile = "/var/lib/cni/flatnet/ipam.json";
    public const string LogFile = "/var/log/flatnet/cni.log";

    public StressHost(int containers = 0)
    {
        Sandbox = new Sandbox();
        Crowd = new Crowd(Sandbox);
        AddContainers(containers);
    }

    public Sandbox Sandbox { get; }

    public Crowd Crowd { get; }

    /// <summary>Names of the containers: c1, c2, …</summary>
    public IReadOnlyList<string> Containers { get; private set; } = [];

    /// <summary>The network's configuration as the plugin gets it on standard input.</summary>
    public static JsonObject Network(
        string name = Networks.Flat, string bridge = Networks.FlatBridge, string subnet = "10.87.1.0/24", string? first = null, string? last = null)
    {
        JsonObject configuration = Networks.FlatnetPlugin(bridge, Networks.FlatnetIpam(subnet));
        configuration["cniVersion"] = "1.0.0";
        configuration["name"] = name;
        JsonNode range = configuration["ipam"]!["ranges"]![0]![0]!;
        if (first is not null)
        {
            range["rangeStart"] = first;
        }

        if (last is not null)
        {
            range["rangeEnd"] = last;
        }

        return configuration;
    }

    /// <summary>The same network for <c>flatnet-ipam</c> alone: leases without interfaces, fast.</summary>
    public static JsonObject IpamAlone(JsonObject network)
    {
        JsonObject copy = network.DeepClone().AsObject();
        copy["type"] = "flatnet-ipam";
        return copy;
    }

    public static PluginCall Call(string command, JsonObject network, string container, string? containerName = null, string? address = null)
    {
        string arguments = "IgnoreUnknown=1";
        arguments += containerName is null ? "" : $";K8S_POD_NAME={containerName}";
        arguments += address is null ? "" : $";IP={address}";
        return new PluginCall
        {
            Command = command,
            Configuration = network,
            ContainerId = $"id-{container}",
            InterfaceName = "eth0",
            NamespacePath = $"/run/netns/{container}",
            Arguments = arguments,
        };
    }

    public static Job Add(JsonObject network, string container)
    {
        return Job.Of(Call("ADD", network, container));
    }

    public static Job Delete(JsonObject network, string container)
    {
        return Job.Of(Call("DEL", network, container));
    }

    /// <summary>The address of a result, without its prefix length.</summary>
    public static string AddressIn(string output)
    {
        return ((string)JsonNode.Parse(output)!["ips"]![0]!["address"]!).Split('/')[0];
    }

    /// <summary>Attaches a container, which must succeed, and gives its address.</summary>
    public string Attach(JsonObject network, string container, string? containerName = null, string? address = null)
    {
        return AddressIn(Call("ADD", network, container, containerName, address).Run(Sandbox).ExpectSuccess().Output);
    }

    public CommandResult TryAttach(JsonObject network, string container, string? containerName = null, string? address = null)
    {
        return Call("ADD", network, container, containerName, address).Run(Sandbox);
    }

    public CommandResult TryDetach(JsonObject network, string container)
    {
        return Call("DEL", network, container).Run(Sandbox);
    }

    public void Detach(JsonObject network, string container)
    {
        Assert.Equal("", TryDetach(network, container).ExpectSuccess().Output);
    }

    public Snapshot Look(params IEnumerable<string> nodes)
    {
        return new Snapshot(Crowd.Run(Crowd.Look(nodes)).ExpectSuccess().Output);
    }

    /// <summary>The addresses that the container's interfaces really have.</summary>
    public string? KernelAddress(string container)
    {
        return Look(container).Addresses.GetValueOrDefault($"{container} eth0")?.Split('/')[0];
    }

    public void AddContainers(int count)
    {
        string[] added = [.. Enumerable.Range(Containers.Count + 1, count).Select(number => $"c{number}")];
        Containers = [.. Containers, .. added];
        Sandbox.Shell($"for name in {string.Join(' ', added)}; do ip netns add $name; done");
    }

    public void RemoveContainers(params IEnumerable<string> names)
    {
        Sandbox.Shell($"for name in {string.Join(' ', names)}; do ip netns del $name; done");
    }

    public void Dispose()
    {
        Sandbox.Dispose();
    }
}
