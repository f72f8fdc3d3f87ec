using System.Net;
using System.Text;

namespace Flatnet.Netlink.Tests.Route;

/// <summary>What the captured answers happen not to show; made by hand after the kernel's headers.</summary>
public sealed class PreparedAnswersTests
{
    [Fact]
    public void OwnAddressOfAPointToPointLink()
    {
        byte[] body = [2, 32, 0, 0, 3, 0, 0, 0, .. Answer.Attribute(1, [10, 0, 0, 2]), .. Answer.Attribute(2, [10, 0, 0, 1])];
        using var socket = new RouteSocket(new FakeChannel(Answer.Message(20, Answer.Multi, 1, body), Answer.Done(1)));
        Assert.Equal(IPAddress.Parse("10.0.0.1"), Assert.Single(socket.ListAddresses(3)).Address);
    }

    [Fact]
    public void FlagsBeyondTheFirstEight()
    {
        byte[] body = [2, 32, 0x80, 0, 3, 0, 0, 0, .. Answer.Attribute(2, [10, 0, 0, 1]), .. Answer.Attribute(8, [0x80, 2, 0, 0])];
        using var socket = new RouteSocket(new FakeChannel(Answer.Message(20, Answer.Multi, 1, body), Answer.Done(1)));
        Assert.Equal(0x280u, Assert.Single(socket.ListAddresses(3)).Flags);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public void PortFlagsAreNotMixedUp(byte hairpin, byte isolated)
    {
        byte[] port = [.. Answer.Attribute(4, [hairpin]), .. Answer.Attribute(33, [isolated])];
        using var socket = new RouteSocket(new FakeChannel(Port("bridge", port)));
        LinkInfo link = Assert.IsType<LinkInfo>(socket.FindLink("x"));
        Assert.Equal((hairpin == 1, isolated == 1), (link.Hairpin, link.Isolated));
    }

    [Fact]
    public void PortDataOfAnotherKindOfMasterIsNotABridges()
    {
        using var socket = new RouteSocket(new FakeChannel(Port("bond", Answer.Attribute(4, [1, 2, 3, 4]))));
        Assert.Null(Assert.IsType<LinkInfo>(socket.FindLink("x")).Hairpin);
    }

    [Fact]
    public void AddressThatIsNoEthernetAddressIsNone()
    {
        byte[] body = [.. Answer.LinkHead(3), .. Name("tun0"), .. Answer.Attribute(1, [10, 0, 0, 1])];
        using var socket = new RouteSocket(new FakeChannel(Answer.Message(16, 0, 1, body)));
        Assert.Null(Assert.IsType<LinkInfo>(socket.FindLink("tun0")).Mac);
    }

    private static byte[] Port(string master, byte[] data)
    {
        byte[] information = [.. Answer.Attribute(4, Encoding.ASCII.GetBytes(master)), .. Answer.Attribute(5, data)];
        return Answer.Message(16, 0, 1, [.. Answer.LinkHead(3), .. Name("x"), .. Answer.Attribute(18, information)]);
    }

    private static byte[] Name(string name) => Answer.Attribute(3, Encoding.ASCII.GetBytes(name + "\0"));
}
