using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Setup;

/// <summary>A sandbox with containers, and the calls a runtime makes for them. A container's ID is the name of its node.</summary>
internal sealed class Host : IDisposable
{
    public Host()
    {
        // A new namespace may inherit forwarding from the machine's own.
        Sandbox.Run("sysctl", "-q", "-w", "net.ipv4.ip_forward=0", "net.ipv6.conf.all.forwarding=0");
    }

    public Sandbox Sandbox { get; } = new();

    public List<Node> Containers { get; } = [];

    public void Dispose()
    {
        Sandbox.Dispose();
    }

    public Node AddContainer(string name = "c1")
    {
        Node node = Sandbox.AddNode(name);
        Containers.Add(node);
        return node;
    }

    public CommandResult Call(string command, JsonObject configuration, Node? node = null, string interfaceName = "eth0", string arguments = "")
    {
        return new RawCall(command, configuration, node, interfaceName, arguments).Run(Sandbox);
    }

    /// <summary>Attaches without any warning; returns the result.</summary>
    public JsonObject Add(JsonObject configuration, Node node, string interfaceName = "eth0", string arguments = "")
    {
        CommandResult result = Call("ADD", configuration, node, interfaceName, arguments).ExpectSuccess();
        Assert.Equal("", result.Error);
        return JsonNode.Parse(result.Output)!.AsObject();
    }

    /// <summary>Detaches; DEL prints nothing.</summary>
    public void Del(JsonObject configuration, Node node, string interfaceName = "eth0")
    {
        CommandResult result = Call("DEL", configuration, node, interfaceName).ExpectSuccess();
        Assert.Equal("", result.Output);
        Assert.Equal("", result.Error);
    }

    public PluginError Refused(string command, JsonObject configuration, Node? node = null, string interfaceName = "eth0", string arguments = "")
    {
        return PluginError.Of(Call(command, configuration, node, interfaceName, arguments));
    }

    /// <summary>CHECK with what ADD answered.</summary>
    public CommandResult Check(JsonObject configuration, JsonObject result, Node node, string interfaceName = "eth0")
    {
        JsonObject copy = (JsonObject)configuration.DeepClone();
        copy["prevResult"] = result.DeepClone();
        return Call("CHECK", copy, node, interfaceName);
    }

    public string Sysctl(string key)
    {
        return Sandbox.Run("sysctl", "-n", key).Text;
    }

    /// <summary>The comments of all netfilter rules of the host, in order.</summary>
    public IReadOnlyList<string> RuleComments()
    {
        JsonNode ruleset = Sandbox.Json("nft", "-j", "list", "ruleset");
        return [.. ruleset["nftables"]!.AsArray().Select(item => (string?)item!["rule"]?["comment"]).OfType<string>()];
    }

    /// <summary>The network's leases, as <c>container interface</c>.</summary>
    public IReadOnlyList<string> Leases(string network = Configurations.Network)
    {
        JsonArray leases = LeaseState.Document(Sandbox, network)["leases"]!.AsArray();
        return [.. leases.Select(lease => $"{lease!["id"]} {lease["if"]}")];
    }
}
