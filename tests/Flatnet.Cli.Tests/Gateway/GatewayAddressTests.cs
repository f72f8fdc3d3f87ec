using Flatnet.Cli.Configuration;
using Flatnet.Cli.Gateway;
using Flatnet.Cli.Tests.Doctor;

namespace Flatnet.Cli.Tests.Gateway;

public sealed class GatewayAddressTests : IDisposable
{
    private const string Wsl = "5.15.167.4-microsoft-standard-WSL2\n";

    private const string Routes =
        """
        Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
        eth1	00000000	0100A8C0	0003	0	0	100	00000000	0	0	0
        eth0	00000000	01D01FAC	0003	0	0	0	00000000	0	0	0
        eth0	00D01FAC	00000000	0001	0	0	0	00F0FFFF	0	0	0
        """;

    private readonly TestRoot _root = new();

    public void Dispose() => _root.Dispose();

    private GatewayAddressTests Write(string path, string content)
    {
        _root.Write(path, content);
        return this;
    }

    private string Find(Settings? settings = null) => GatewayAddress.Find(_root.Context with { Settings = settings ?? new Settings() }).ToString();

    [Fact]
    public void The_configured_address_wins()
    {
        Write("/proc/sys/kernel/osrelease", Wsl).Write("/proc/net/route", Routes);

        Assert.Equal("http://10.100.1.1:8080/", Find(new Settings { GatewayUrl = new Uri("http://10.100.1.1:8080") }));
    }

    [Fact]
    public void Within_wsl_it_is_the_default_route_of_the_lowest_metric()
    {
        Write("/proc/sys/kernel/osrelease", Wsl).Write("/proc/net/route", Routes).Write("/etc/resolv.conf", "nameserver 10.255.255.254\n");

        Assert.Equal("http://172.31.208.1:8080/", Find());
    }

    [Fact]
    public void Without_a_default_route_it_is_the_first_name_server_of_ipv4()
    {
        Write("/proc/sys/kernel/osrelease", Wsl).Write("/etc/resolv.conf", "# made by WSL\nsearch office\nnameserver fd00::1\nnameserver 172.31.208.1 \nnameserver 1.1.1.1\n");

        Assert.Equal("http://172.31.208.1:8080/", Find());
    }

    [Fact]
    public void In_mirrored_mode_it_is_this_host()
    {
        Write("/proc/sys/kernel/osrelease", Wsl).Write("/proc/net/route", Routes);
        Directory.CreateDirectory(_root.Path + "/sys/class/net/loopback0");

        Assert.Equal("http://127.0.0.1:8080/", Find());
    }

    [Fact]
    public void Outside_wsl_it_is_this_host_whatever_the_name_server()
    {
        Write("/proc/sys/kernel/osrelease", "6.1.0-18-amd64\n").Write("/proc/net/route", Routes).Write("/etc/resolv.conf", "nameserver 192.0.2.53\n");

        Assert.Equal("http://localhost:8080/", Find());
    }

    [Fact]
    public void With_nothing_to_read_it_is_this_host() => Assert.Equal("http://localhost:8080/", Find());
}
