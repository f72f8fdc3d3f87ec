using Flatnet.Cli.Configuration;
using Flatnet.Cli.Gateway;

namespace Flatnet.Cli.Tests.Gateway;

public sealed class GatewayAddressTests : IDisposable
{
    private const string Wsl = "Linux version 5.15.167.4-microsoft-standard-WSL2 (root@f9c826d3017f)";

    private const string Routes =
        """
        Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
        eth1	00000000	0100A8C0	0003	0	0	100	00000000	0	0	0
        eth0	00000000	01D01FAC	0003	0	0	0	00000000	0	0	0
        eth0	00D01FAC	00000000	0001	0	0	0	00F0FFFF	0	0	0
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("flatnet-gateway-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private GatewayAddressTests Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root + path)!);
        File.WriteAllText(_root + path, content);
        return this;
    }

    private string Find(Settings? settings = null) => GatewayAddress.Find(settings ?? new Settings(), _root).ToString();

    [Fact]
    public void The_configured_address_wins()
    {
        Write("/proc/version", Wsl).Write("/proc/net/route", Routes);

        Assert.Equal("http://10.100.1.1:8080/", Find(new Settings { GatewayUrl = new Uri("http://10.100.1.1:8080") }));
    }

    [Fact]
    public void Within_wsl_it_is_the_default_route_of_the_lowest_metric()
    {
        Write("/proc/version", Wsl).Write("/proc/net/route", Routes).Write("/etc/resolv.conf", "nameserver 10.255.255.254\n");

        Assert.Equal("http://172.31.208.1:8080/", Find());
    }

    [Fact]
    public void Without_a_default_route_it_is_the_first_name_server_of_ipv4()
    {
        Write("/proc/version", Wsl).Write("/etc/resolv.conf", "# made by WSL\nsearch office\nnameserver fd00::1\nnameserver 172.31.208.1 \nnameserver 1.1.1.1\n");

        Assert.Equal("http://172.31.208.1:8080/", Find());
    }

    [Fact]
    public void In_mirrored_mode_it_is_this_host()
    {
        Write("/proc/version", Wsl).Write("/proc/net/route", Routes);
        Directory.CreateDirectory(_root + "/sys/class/net/loopback0");

        Assert.Equal("http://127.0.0.1:8080/", Find());
    }

    [Fact]
    public void Outside_wsl_it_is_this_host_whatever_the_name_server()
    {
        Write("/proc/version", "Linux version 6.1.0-18-amd64").Write("/proc/net/route", Routes).Write("/etc/resolv.conf", "nameserver 192.0.2.53\n");

        Assert.Equal("http://localhost:8080/", Find());
    }

    [Fact]
    public void With_nothing_to_read_it_is_this_host() => Assert.Equal("http://localhost:8080/", Find());
}
