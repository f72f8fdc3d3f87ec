using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Ipam.Tests;

public sealed class IpAddressTextTests
{
    [Theory]
    [InlineData("10.87.1.5", "10.87.1.5")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("fd78::5", "fd78::5")]
    [InlineData("FD78:0:0::5", "fd78::5")]
    [InlineData("::", "::")]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3")]
    [InlineData("64:ff9b::10.1.2.3", "64:ff9b::a01:203")]
    public void Reads(string text, string expected)
    {
        Assert.True(IpAddressText.TryParse(text, out IPAddress address));
        Assert.Equal(expected, address.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("10.1")]
    [InlineData("010.1.1.1")]
    [InlineData("10.1.1.256")]
    [InlineData("10.1.1.1.1")]
    [InlineData("10.1.1.")]
    [InlineData(" 10.1.1.1")]
    [InlineData("10.1.1.1 ")]
    [InlineData("0x0a.1.1.1")]
    [InlineData("1234")]
    [InlineData("[fd78::5]")]
    [InlineData("fe80::1%eth0")]
    [InlineData("fd78::5::1")]
    [InlineData("::ffff:010.1.2.3")]
    [InlineData("::1/64")]
    [InlineData("１０.1.1.1")]
    [InlineData(":")]
    [InlineData("a")]
    public void Refuses(string? text) => Assert.False(IpAddressText.TryParse(text, out _));

    [Fact]
    public void Every_address_reads_back_as_itself() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll<byte[]>(bytes =>
        {
            byte[] sixteen = [.. bytes.Concat(new byte[16]).Take(16)];
            foreach (IPAddress address in new[] { new IPAddress(sixteen), new IPAddress(sixteen[..4]) })
            {
                IPAddress canonical = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
                if (!IpAddressText.TryParse(address.ToString(), out IPAddress read) || !read.Equals(canonical)
                    || !IpValue.From(address).ToAddress().Equals(canonical))
                {
                    return false;
                }
            }

            return true;
        }));

    [Fact]
    public void Nothing_is_read_that_the_framework_would_refuse() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(
            Arb.From(Gen.Elements("0123456789abcdef:.%[]/ ".ToCharArray()).ListOf().Select(chars => string.Concat(chars))),
            text => !IpAddressText.TryParse(text, out _) || IPAddress.TryParse(text, out _)));
}
