using System.Text.Json.Nodes;

namespace Flatnet.Stress.Tests.Driver;

/// <summary>What was on the host at one moment, as <c>ip</c>, <c>nft</c> and the state files show it.</summary>
internal sealed class Snapshot(string text)
{
    private readonly string[] _lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Links other than the loopback, by name.</summary>
    public IReadOnlyList<string> Links => After("link ");

    /// <summary>Comments of the rules in all tables.</summary>
    public IReadOnlyList<string> Rules => After("rule ");

    /// <summary>Links, tables and rules: all that must be gone when the last container is.</summary>
    public IReadOnlyList<string> Traces => [.. _lines.Where(line => !line.StartsWith("state ", StringComparison.Ordinal)
        && !line.StartsWith("address ", StringComparison.Ordinal) && !line.StartsWith("mac ", StringComparison.Ordinal))];

    /// <summary>Address and prefix length by <c>NODE INTERFACE</c>.</summary>
    public IReadOnlyDictionary<string, string> Addresses => Pairs("address ");

    /// <summary>Hardware address by <c>NODE INTERFACE</c>.</summary>
    public IReadOnlyDictionary<string, string> Macs => Pairs("mac ");

    /// <summary>Links that are ports of the bridge.</summary>
    public IReadOnlyList<string> Ports(string bridge)
    {
        return After($"port {bridge} ");
    }

    /// <summary>The network's state document; fails when it is not JSON.</summary>
    public JsonNode Document(string network = Networks.Flat)
    {
        return JsonNode.Parse(Assert.Single(After($"state {network} ")))!;
    }

    /// <summary>First address of each lease.</summary>
    public IReadOnlyList<string> Leased(string network = Networks.Flat)
    {
        return [.. Document(network)["leases"]!.AsArray().Select(lease => (string)lease!["ip"]!.AsArray()[0]!)];
    }

    private string[] After(string prefix)
    {
        return [.. _lines.Where(line => line.StartsWith(prefix, StringComparison.Ordinal)).Select(line => line[prefix.Length..])];
    }

    private Dictionary<string, string> Pairs(string prefix)
    {
        return After(prefix).Select(line => line.Split(' ')).ToDictionary(words => $"{words[0]} {words[1]}", words => words[2]);
    }
}
