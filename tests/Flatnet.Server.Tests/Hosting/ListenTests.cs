using System.Net;
using Flatnet.Server.Hosting;

namespace Flatnet.Server.Tests.Hosting;

public sealed class ListenTests
{
    [Theory]
    [InlineData("127.0.0.1:8080", "127.0.0.1:8080", true)]
    [InlineData("[::1]:80", "[::1]:80", true)]
    [InlineData("localhost:1", "127.0.0.1:1", true)]
    [InlineData("*:8080", "[::]:8080", false)]
    [InlineData("0.0.0.0:0", "0.0.0.0:0", false)]
    [InlineData("unix:/run/x.sock", "unix:/run/x.sock", true)]
    public void Addresses_are_understood(string text, string shown, bool isLocal)
    {
        Assert.True(ListenAddress.TryParse(text, out ListenAddress? address));
        Assert.Equal((shown, isLocal), (address.ToString(), address.IsLocal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("8080")]
    [InlineData(":8080")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("::1:80")]
    [InlineData("example.com:80")]
    [InlineData("unix:relative.sock")]
    public void What_is_no_address_is_refused(string text) => Assert.False(ListenAddress.TryParse(text, out _));

    [Theory]
    [InlineData(false, false, false, "no admin token is set")]
    [InlineData(true, false, false, "server.tls.certificate")]
    [InlineData(true, true, false, null)]
    [InlineData(true, false, true, null)]
    [InlineData(false, true, true, "no admin token is set")]
    public void Others_are_served_only_with_credentials_and_protection(bool hasCredentials, bool hasCertificate, bool hasProxy, string? refusal)
    {
        var options = new HttpOptions
        {
            Listen = [ListenAddress.Default, new ListenAddress(new IPEndPoint(IPAddress.Any, 8080), null)],
            Tls = new TlsOptions { Certificate = hasCertificate ? "c.pem" : null, Key = "k.pem", TerminatedByProxy = hasProxy },
        };

        Exception? error = Record.Exception(() => Exposure.Check(options, hasCredentials));

        Assert.Equal(refusal is null, error is null);
        Assert.Contains(refusal ?? "", (error as HostingException)?.Message ?? "");
    }

    [Fact]
    public void This_machine_is_served_without_anything() =>
        Assert.Null(Record.Exception(() => Exposure.Check(new HttpOptions { Listen = [ListenAddress.Default, new ListenAddress(null, "/run/x.sock")] }, hasCredentials: false)));
}
