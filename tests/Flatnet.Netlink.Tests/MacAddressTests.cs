namespace Flatnet.Netlink.Tests;

public sealed class MacAddressTests
{
    [Theory]
    [InlineData("02:42:0a:57:01:0a", "02:42:0a:57:01:0a")]
    [InlineData("02-42-0A-57-01-0A", "02:42:0a:57:01:0a")]
    [InlineData("00:00:00:00:00:00", "00:00:00:00:00:00")]
    [InlineData("FF:ff:Ff:fF:ff:ff", "ff:ff:ff:ff:ff:ff")]
    public void ReadsAndWrites(string text, string canonical)
    {
        Assert.True(MacAddress.TryParse(text, out MacAddress mac));
        Assert.Equal(canonical, mac.ToString());
        Assert.True(MacAddress.TryParse(mac.ToString(), out MacAddress again));
        Assert.Equal(mac, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("02:42:0a:57:01")]
    [InlineData("02:42:0a:57:01:0a:0b")]
    [InlineData("02:42:0a:57-01:0a")]
    [InlineData("2:42:0a:57:01:0a0")]
    [InlineData("02:42:0a:57:01:0g")]
    [InlineData("02:42:0a:57:01:+a")]
    [InlineData("02:42:0a:57:01: a")]
    [InlineData("0242.0a57.010a000")]
    [InlineData("020420a0570010a00")]
    public void RefusesOtherText(string? text)
    {
        Assert.False(MacAddress.TryParse(text, out MacAddress mac));
        Assert.Equal(default, mac);
    }

    [Fact]
    public void KnowsGroupAddressesAndZero()
    {
        Assert.True(MacAddress.FromBytes([1, 0, 0x5e, 0, 0, 1]).IsMulticast);
        Assert.False(MacAddress.FromBytes([2, 1, 1, 1, 1, 1]).IsMulticast);
        Assert.True(default(MacAddress).IsZero);
        Assert.False(MacAddress.FromBytes([0, 0, 0, 0, 0, 1]).IsZero);
    }

    [Fact]
    public void CopiesItsBytes()
    {
        byte[] bytes = [2, 0x42, 10, 87, 1, 10];
        var copy = new byte[8];
        MacAddress.FromBytes(bytes).CopyTo(copy);
        Assert.Equal([.. bytes, 0, 0], copy);
        Assert.Throws<ArgumentException>(() => MacAddress.FromBytes([1, 2, 3]));
        Assert.Throws<ArgumentException>(() => MacAddress.FromBytes(bytes).CopyTo(new byte[5]));
    }
}
