using System.Net;

namespace Flatnet.Ipam.Tests;

public sealed class IpPrefixTests
{
    [Theory]
    [InlineData("10.87.1.5/24", "10.87.1.5", 24, "10.87.1.0", "10.87.1.255")]
    [InlineData("0.0.0.0/0", "0.0.0.0", 0, "0.0.0.0", "255.255.255.255")]
    [InlineData("10.0.0.1/32", "10.0.0.1", 32, "10.0.0.1", "10.0.0.1")]
    [InlineData("fd78::5/64", "fd78::5", 64, "fd78::", "fd78::ffff:ffff:ffff:ffff")]
    [InlineData("::ffff:10.1.2.3/120", "10.1.2.3", 24, "10.1.2.0", "10.1.2.255")]
    [InlineData("::/1", "::", 1, "::", "7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void Reads(string text, string address, int length, string network, string last)
    {
        Assert.True(IpPrefix.TryParse(text, out IpPrefix prefix));
        Assert.Equal((IPAddress.Parse(address), length), (prefix.Address, prefix.Length));
        Assert.Equal((network, last), (prefix.Network.ToString(), prefix.Last.ToString()));
    }

    [Theory]
    [InlineData("10.87.1.5")]
    [InlineData("10.87.1.5/")]
    [InlineData("10.87.1.5/33")]
    [InlineData("10.87.1.5/-1")]
    [InlineData("10.87.1.5/+1")]
    [InlineData("10.87.1.5/024")]
    [InlineData("10.87.1.5/ 24")]
    [InlineData("10.87.1.5/24/24")]
    [InlineData("fd78::/129")]
    [InlineData("::ffff:10.1.2.3/95")]
    [InlineData("10.87.1.5/255.255.255.0")]
    [InlineData(null)]
    public void Refuses(string? text) => Assert.False(IpPrefix.TryParse(text, out _));

    [Theory]
    [InlineData("10.87.1.0/24", "10.87.1.128/25", true)]
    [InlineData("10.87.1.77/24", "10.87.1.200/32", true)]
    [InlineData("10.0.0.0/8", "10.87.1.0/24", true)]
    [InlineData("10.87.1.0/24", "10.87.2.0/24", false)]
    [InlineData("0.0.0.0/0", "10.87.1.0/24", true)]
    [InlineData("::/0", "10.87.1.0/24", false)]
    [InlineData("fd78::/64", "fd78:0:0:1::/64", false)]
    public void Subnets_overlap_when_an_address_lies_in_both(string one, string other, bool overlap)
    {
        Assert.True(IpPrefix.TryParse(one, out IpPrefix first));
        Assert.True(IpPrefix.TryParse(other, out IpPrefix second));
        Assert.Equal((overlap, overlap), (first.Overlaps(second), second.Overlaps(first)));
        Assert.Equal(overlap && first.Length <= second.Length, first.Contains(second.NetworkAddress));
    }
}
