namespace Flatnet.Netlink.Tests.Route;

/// <summary>VLAN requests, byte for byte as <c>bridge</c> of iproute2 sends them.</summary>
public sealed class SentVlansTests
{
    [Fact]
    public void OneWithFlags() => AssertSame("sent-vlan-one", new RouteBatch().AddBridgeVlan(4, 5, 5, pvid: true, untagged: true));

    [Fact]
    public void Range() => AssertSame("sent-vlan-range", new RouteBatch().AddBridgeVlan(4, 5, 9, pvid: false, untagged: false));

    [Fact]
    public void OnTheBridgeItself() => AssertSame("sent-vlan-self", new RouteBatch().AddBridgeVlan(2, 7, 7, false, false, self: true));

    [Fact]
    public void Deletion() => AssertSame("sent-vlan-delete", new RouteBatch().DeleteBridgeVlan(4, 5, 9));

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(5, 4, false)]
    [InlineData(1, 4095, false)]
    [InlineData(1, 2, true)]
    public void ImpossibleRangeIsRefused(ushort first, ushort last, bool pvid) =>
        Assert.Throws<ArgumentException>(() => new RouteBatch().AddBridgeVlan(1, first, last, pvid, false));

    private static void AssertSame(string fixture, RouteBatch batch)
    {
        byte[] expected = Fixture.Datagrams(fixture)[0];
        // The sequence number is of the moment.
        batch.Messages.SetSequence(0, BitConverter.ToUInt32(expected, 8));
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(batch.Messages.Written));
    }
}
