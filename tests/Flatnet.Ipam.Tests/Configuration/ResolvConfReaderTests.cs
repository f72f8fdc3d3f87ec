namespace Flatnet.Ipam.Tests;

public sealed class ResolvConfReaderTests
{
    [Fact]
    public void Reads_as_host_local_does()
    {
        DnsSettings dns = ResolvConfReader.Parse(
            "# nameserver 1.1.1.1\n; x\nnameserver 10.0.0.1 trailing\r\n\tnameserver\t10.0.0.2\ndomain a\ndomain b\nsearch x y\nsearch z\noptions o:1 p\nnameserver\n");
        Assert.Equal(["10.0.0.1", "10.0.0.2"], dns.Nameservers);
        Assert.Equal("b", dns.Domain);
        Assert.Equal(["x", "y", "z"], dns.Search);
        Assert.Equal(["o:1", "p"], dns.Options);
    }

    [Fact]
    public void A_missing_file_fails_before_an_address_is_taken()
    {
        using StoreFixture fixture = StoreFixture.InMemory();
        fixture.Configuration = fixture.Configuration with { ResolvConf = "/nonexistent/resolv.conf" };
        IpamException error = Assert.Throws<IpamException>(() => fixture.Add("c1"));
        Assert.Equal(IpamFailure.ResolvConf, error.Failure);
        Assert.Contains("/nonexistent/resolv.conf", error.Message, StringComparison.Ordinal);
        Assert.Empty(fixture.Leases().Leases());
    }
}
