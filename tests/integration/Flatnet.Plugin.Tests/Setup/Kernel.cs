using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Setup;

/// <summary>Links, addresses and routes as iproute2 shows them, of the host or of a container.</summary>
internal sealed class Kernel(Func<string[], JsonNode> json)
{
    public static Kernel Of(Host host)
    {
        return new Kernel(host.Sandbox.Json);
    }

    public static Kernel Of(Node node)
    {
        return new Kernel(node.Json);
    }

    /// <summary>All that iproute2 knows of a link, null when there is none of that name.</summary>
    public JsonObject? FindLink(string name)
    {
        return json(["ip", "-j", "-d", "address", "show"]).AsArray().Select(link => link!.AsObject()).FirstOrDefault(link => (string?)link["ifname"] == name);
    }

    public JsonObject Link(string name)
    {
        return FindLink(name) ?? throw new InvalidOperationException($"no link {name}");
    }

    public IReadOnlyList<string> Links()
    {
        return [.. json(["ip", "-j", "link", "show"]).AsArray().Select(link => (string)link!["ifname"]!)];
    }

    public string Mac(string name)
    {
        return (string)Link(name)["address"]!;
    }

    public int Mtu(string name)
    {
        return (int)Link(name)["mtu"]!;
    }

    public bool IsUp(string name)
    {
        return HasFlag(name, "UP");
    }

    public bool HasFlag(string name, string flag)
    {
        return Link(name)["flags"]!.AsArray().Any(each => (string?)each == flag);
    }

    /// <summary>A flag of a bridge port, such as <c>hairpin</c>.</summary>
    public bool PortFlag(string name, string flag)
    {
        return (bool)Link(name)["linkinfo"]!["info_slave_data"]![flag]!;
    }

    /// <summary>Addresses with their prefix lengths, in the kernel's order; none that the kernel made itself.</summary>
    public IReadOnlyList<string> Addresses(string name)
    {
        return [.. Link(name)["addr_info"]!.AsArray()
            .Where(address => (string?)address!["scope"] != "link")
            .Select(address => $"{address!["local"]}/{address["prefixlen"]}")];
    }

    public IReadOnlyList<JsonObject> Routes(bool ipv6 = false, string table = "main")
    {
        return [.. json(["ip", ipv6 ? "-6" : "-4", "-j", "-d", "route", "show", "table", table]).AsArray().Select(route => route!.AsObject())];
    }

    public JsonObject Route(string destination, bool ipv6 = false, string table = "main")
    {
        return Assert.Single(Routes(ipv6, table), route => (string?)route["dst"] == destination);
    }
}
