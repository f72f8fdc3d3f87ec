using System.Text.Json;
using Flatnet.Cli.Networks;
using Flatnet.Ipam;

namespace Flatnet.Cli.Tests.Networks;

public sealed class NetworkCreateTests : IDisposable
{
    // 10.87.1.0/24 over br7, and a default route.
    private const string RouteOf1 = "br7\t0001570A\t00000000\t0001\t0\t0\t0\t00FFFFFF";
    private const string DefaultRoute = "eth0\t00000000\t010011AC\t0003\t0\t0\t0\t00000000";

    private readonly NetworkFixture _machine = new();

    public void Dispose() => _machine.Dispose();

    private InstalledNetwork Read(string name) => ConflistReader.Read(_machine.Root + "/etc/cni/net.d").Find(name)!;

    [Fact]
    public async Task The_first_network_gets_the_first_subnet_and_the_first_bridge()
    {
        Assert.Equal(
            (0, "office: 10.87.1.0/24, gateway 10.87.1.1, bridge flatnet-br0\n", "Written to /etc/cni/net.d/50-office.conflist. Use it with: podman run --network office ...\n"),
            await _machine.RunAsync("create office"));

        InstalledNetwork network = Read("office");
        Assert.True(network is { IsFlatnet: true, IsGateway: true, IpMasq: true, Mtu: 0, CniVersion: "1.0.0", Bridge: "flatnet-br0" });
        Assert.Equal("10.87.1.0/24", Assert.Single(network.Subnets).ToString());
        Assert.Equal("0.0.0.0/0", Assert.Single(network.Ipam!.Routes).Destination.ToString());
        Assert.Equal([network.File], Directory.GetFileSystemEntries(_machine.Root + "/etc/cni/net.d"));
        Assert.Equal("644", Convert.ToString(FileProtection.Of(network.File)!.Mode, 8));
    }

    [Fact]
    public async Task The_file_says_what_the_shipped_one_says()
    {
        using JsonDocument shipped = JsonDocument.Parse(await File.ReadAllTextAsync(ShippedConflist()));
        using JsonDocument rendered = JsonDocument.Parse(ConflistWriter.Render(NetworkPlan.Shipped));

        Assert.True(JsonElement.DeepEquals(shipped.RootElement, rendered.RootElement), rendered.RootElement.ToString());
    }

    [Fact]
    public async Task What_is_wished_is_written()
    {
        (int code, string output, _) = await _machine.RunAsync(
            "create lab --subnet 10.90.0.0/16 --gateway 10.90.255.254 --bridge lab0 --mtu 1400 --no-masq --label team=net --label note=a=b --json");

        Assert.Equal(0, code);
        JsonElement json = JsonDocument.Parse(output).RootElement;
        Assert.Equal(
            ("lab", "10.90.0.0/16", "10.90.255.254", "lab0", "/etc/cni/net.d/50-lab.conflist"),
            (Text("name"), Text("subnet"), Text("gateway"), Text("bridge"), Text("file")));
        Assert.True(Read("lab") is { Mtu: 1400, IpMasq: false, Bridge: "lab0" });
        JsonElement labels = JsonDocument.Parse(File.ReadAllText(Read("lab").File)).RootElement.GetProperty("args").GetProperty("podman_labels");
        Assert.Equal(("net", "a=b"), (labels.GetProperty("team").GetString(), labels.GetProperty("note").GetString()));

        string? Text(string key) => json.GetProperty(key).GetString();
    }

    [Fact]
    public async Task An_ipv6_subnet_gets_an_ipv6_default_route()
    {
        Assert.Equal(0, (await _machine.RunAsync("create six --subnet fd87::/64")).Code);

        Assert.Equal("fd87::1", Assert.Single(Read("six").Gateways).ToString());
        Assert.Equal("::/0", Assert.Single(Read("six").Ipam!.Routes).Destination.ToString());
    }

    [Fact]
    public async Task Subnets_and_bridges_that_are_taken_are_passed_over()
    {
        _machine.Conflist("one", "10.87.1.0/25", "flatnet-br0");
        _machine.Conflist("two", "10.87.2.0/24", "flatnet-br2");
        Directory.CreateDirectory(_machine.Root + "/sys/class/net/flatnet-br1");
        _machine.Routes(DefaultRoute, "wg0\t0003570A\t00000000\t0001\t0\t0\t0\t00FFFFFF");

        Assert.Equal("new: 10.87.4.0/24, gateway 10.87.4.1, bridge flatnet-br3\n", (await _machine.RunAsync("create new")).Out);
    }

    [Fact]
    public async Task Behind_a_vpn_that_takes_all_of_10_another_subnet_is_taken()
    {
        _machine.Routes(DefaultRoute, "tun0\t0000000A\t00000000\t0001\t0\t0\t0\t000000FF");

        Assert.StartsWith("new: 192.168.1.0/24,", (await _machine.RunAsync("create new")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.87.1.0/24", "10.87.1.0/24, which is taken by a route over br7\n10.87.2.0/24 is free: --subnet 10.87.2.0/24")]
    [InlineData("10.0.0.0/8", "10.200.0.0/24, which is taken by the network \"one\"")]
    [InlineData("10.200.0.128/25", "10.200.0.0/24, which is taken by the network \"one\" (/etc/cni/net.d/one.conflist)")]
    public async Task An_overlap_is_refused_with_a_free_subnet_and_taken_with_force(string subnet, string message)
    {
        _machine.Routes(DefaultRoute, RouteOf1);
        _machine.Conflist("one", "10.200.0.0/24", "br1");

        (int code, string output, string error) = await _machine.RunAsync($"create new --subnet {subnet}");

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"Error: {subnet} overlaps with {message}", error, StringComparison.Ordinal);
        Assert.Null(Read("new"));
        Assert.Equal(0, (await _machine.RunAsync($"create new --subnet {subnet} --force")).Code);
    }

    [Fact]
    public async Task An_error_is_json_on_request()
    {
        _machine.Conflist("one", "10.200.0.0/24", "br1");

        (int code, string output, _) = await _machine.RunAsync("create one --json");

        Assert.Equal(1, code);
        JsonElement error = JsonDocument.Parse(output).RootElement.GetProperty("error");
        Assert.Equal("failed", error.GetProperty("code").GetString());
        Assert.StartsWith("there is a network \"one\" already", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_one_network_is_made_at_a_time()
    {
        Directory.CreateDirectory(_machine.Root + "/run/flatnet");
        Task<(int Code, string Output, string Error)> waiting;
        using (new FileStream(_machine.Root + NetworksLock.Location, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            waiting = _machine.RunAsync("create one");
            _machine.Conflist("two", "10.87.1.0/24", "flatnet-br0");
            Assert.False(waiting.IsCompleted);
        }

        Assert.StartsWith("one: 10.87.2.0/24, gateway 10.87.2.1, bridge flatnet-br1", (await waiting).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_split_default_route_of_a_vpn_is_no_overlap()
    {
        _machine.Routes("tun0\t00000000\t00000000\t0001\t0\t0\t0\t00000080", "tun0\t00000080\t00000000\t0001\t0\t0\t0\t00000080");

        Assert.Equal(0, (await _machine.RunAsync("create new --subnet 10.87.1.0/24")).Code);
    }

    [Fact]
    public async Task A_taken_bridge_is_refused_with_a_free_one()
    {
        _machine.Conflist("one", "10.200.0.0/24", "br1");

        (int code, _, string error) = await _machine.RunAsync("create new --bridge br1");

        Assert.Equal(1, code);
        Assert.Contains("the bridge br1 is taken by the network \"one\" (/etc/cni/net.d/one.conflist)\nflatnet-br0 is free.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_exists_is_left_alone()
    {
        _machine.Conflist("one", "10.200.0.0/24", "br1");
        string before = File.ReadAllText(Read("one").File);

        (int code, _, string error) = await _machine.RunAsync("create one");

        Assert.Equal((1, "Error: there is a network \"one\" already: /etc/cni/net.d/one.conflist\nTake another name, or remove it: flatnet network rm one\n"), (code, error));
        Assert.Equal(before, File.ReadAllText(Read("one").File));
    }

    [Fact]
    public async Task A_foreign_file_is_never_overwritten()
    {
        _machine.Write("/etc/cni/net.d/50-new.conflist", "not ours");

        Assert.Equal(1, (await _machine.RunAsync("create new")).Code);

        Assert.Equal("not ours", File.ReadAllText(_machine.Root + "/etc/cni/net.d/50-new.conflist"));
    }

    [Theory]
    [InlineData("create new --subnet 10.87.1.0", "--subnet takes a subnet")]
    [InlineData("create new --subnet 10.87.1.7/24", "10.87.1.7/24 is an address, not a subnet\nThe subnet is 10.87.1.0/24.")]
    [InlineData("create new --subnet 10.87.1.0/31", "no room for a gateway and a container")]
    [InlineData("create new --gateway nonsense", "--gateway takes an IP address")]
    [InlineData("create new --gateway 10.99.0.1", "the gateway 10.99.0.1 is not an address for a host in 10.87.1.0/24")]
    [InlineData("create new --gateway 10.87.1.0", "not an address for a host")]
    [InlineData("create new --gateway 10.87.1.255", "not an address for a host")]
    [InlineData("create new --bridge sixteen-letters-", "--bridge takes the name of an interface")]
    [InlineData("create new --bridge a/b", "--bridge takes the name of an interface")]
    [InlineData("create new --mtu 67", "--mtu takes a number of bytes")]
    [InlineData("create new --mtu x", "--mtu takes a number of bytes")]
    [InlineData("create new --label team", "--label takes KEY=VALUE")]
    [InlineData("create ../evil", "a network's name has letters")]
    [InlineData("create host", "podman run --network host means something else")]
    [InlineData("create", "Required argument missing")]
    public async Task A_command_line_that_makes_no_sense_ends_with_2_and_writes_nothing(string words, string message)
    {
        (int code, string output, string error) = await _machine.RunAsync(words);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_machine.Root + "/etc"));
    }

    [Fact]
    public async Task The_directory_can_be_given_by_option_and_by_environment()
    {
        _machine.Environment["CNI_CONF_DIR"] = "/srv/cni";
        await _machine.RunAsync("create one");
        await _machine.RunAsync("create two --dir /srv/other");

        Assert.True(File.Exists(_machine.Root + "/srv/cni/50-one.conflist"));
        Assert.True(File.Exists(_machine.Root + "/srv/other/50-two.conflist"));
    }

    [Fact]
    public async Task Where_podman_uses_netavark_the_network_is_refused_unless_cni_is_wanted()
    {
        _machine.WriteProgram("/bin/podman", "[ \"$*\" = \"info --format {{.Host.NetworkBackend}}\" ] && echo netavark");
        _machine.Environment["PATH"] = "/nonexistent:" + _machine.Root + "/bin";

        (int code, _, string error) = await _machine.RunAsync("create new");

        Assert.Equal(1, code);
        Assert.StartsWith("Error: Podman on this machine uses netavark, for which Flatnet has no driver yet\nIt comes with a later version.", error, StringComparison.Ordinal);
        Assert.Equal(0, (await _machine.RunAsync("create new --cni")).Code);
    }

    [Theory]
    [InlineData("echo cni")]
    [InlineData("echo netavark; exit 1")]
    public async Task Any_other_answer_of_podman_does_not_stop_a_network(string script)
    {
        _machine.WriteProgram("/bin/podman", script);
        _machine.Environment["PATH"] = _machine.Root + "/bin";

        Assert.Equal(0, (await _machine.RunAsync("create new")).Code);
    }

    private static string ShippedConflist()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(directory + "/config/10-flatnet.conflist"))
        {
            directory = Path.GetDirectoryName(directory);
        }

        return directory + "/config/10-flatnet.conflist";
    }
}
