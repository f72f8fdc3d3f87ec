using Flatnet.EndToEnd.Tests.Harness;

namespace Flatnet.EndToEnd.Tests.Packets;

/// <summary>A namespace attached to the flat network, with the addresses it was given, IPv4 first.</summary>
internal sealed record Container(Node Node, IReadOnlyList<string> Addresses)
{
    public string Address => Addresses[0];

    public Traffic Traffic => Traffic.From(Node);
}
