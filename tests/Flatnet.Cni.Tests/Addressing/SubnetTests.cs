using System.Net;
using Flatnet.Cni.Addressing;

namespace Flatnet.Cni.Tests.Addressing;

public sealed class SubnetTests
{
    [Theory]
    [InlineData("10.87.1.77", 24, "10.87.1.0/24", "10.87.1.1")]
    [InlineData("10.87.255.254", 15, "10.86.0.0/15", "10.86.0.1")]
    [InlineData("1.2.3.4", 0, "0.0.0.0/0", "0.0.0.1")]
    [InlineData("fd87::1:2", 64, "fd87::/64", "fd87::1")]
    [InlineData("fd87::ff", 121, "fd87::80/121", "fd87::81")]
    public void Network_and_first_host(string address, int length, string network, string first)
    {
        IPAddress parsed = IPAddress.Parse(address);

        Assert.Equal(network, Subnet.Of(parsed, length).ToString());
        Assert.Equal(first, Subnet.FirstHost(parsed, length).ToString());
    }

    [Theory]
    [InlineData("10.87.1.1", "10.87.1.200", 24, true)]
    [InlineData("10.87.1.1", "10.87.2.1", 24, false)]
    [InlineData("10.87.1.1", "10.87.2.1", 16, true)]
    public void Shared_prefix(string one, string other, int length, bool shared) =>
        Assert.Equal(shared, Subnet.Shares(IPAddress.Parse(one), IPAddress.Parse(other), length));
}
