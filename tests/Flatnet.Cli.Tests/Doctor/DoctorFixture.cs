using System.Net;
using Flatnet.Cli.Configuration;
using Flatnet.Cli.Doctor;
using Flatnet.Cli.Doctor.Probes;
using Flatnet.Cli.Status;
using Flatnet.Ipam;
using Flatnet.Netlink;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Doctor;

/// <summary>A machine on which nothing is wrong, to be spoilt by a test.</summary>
internal sealed class DoctorFixture : IDisposable
{
    public const string Conflist = """
        {
          "cniVersion": "1.0.0", "name": "flatnet",
          "plugins": [{
            "type": "flatnet", "bridge": "flatnet-br0", "isGateway": true, "ipMasq": true,
            "ipam": { "type": "flatnet-ipam", "subnet": "10.87.1.0/24" }
          }]
        }
        """;

    private const string Info = """{ "host": { "networkBackend": "cni", "eventLogger": "file", "logDriver": "k8s-file" }, "store": { "graphRoot": "/srv/podman" } }""";

    private readonly HttpProbe _http = new();

    public DoctorFixture()
    {
        Root.Write("/etc/cni/net.d/flatnet.conflist", Conflist)
            .Write("/proc/sys/kernel/osrelease", "6.1.0-13-amd64\n")
            .Write("/proc/sys/net/ipv4/ip_forward", "1\n")
            .Write("/proc/self/ns/net", "")
            .Write("/etc/resolv.conf", "nameserver 192.0.2.53\n")
            .WriteExecutable("/opt/cni/bin/flatnet")
            .WriteExecutable("/opt/cni/bin/flatnet-ipam");
        Directory.CreateDirectory(Root.Path + "/var/log/flatnet");
        Directory.CreateDirectory(Root.Path + "/sys/module/veth");
        Processes.On("podman info --format json", Info).On("podman network ls --format json", """[{ "name": "podman" }, { "name": "flatnet" }]""");
        Links =
        [
            new LinkInfo { Index = 2, Name = "eth0", Mtu = 1500, IsUp = true },
            new LinkInfo { Index = 3, Name = "flatnet-br0", Kind = "bridge", Mtu = 1500, IsUp = true, OperState = 2 },
        ];
        Addresses = [new AddressInfo { LinkIndex = 3, Address = IPAddress.Parse("10.87.1.1"), PrefixLength = 24 }];
        Routes =
        [
            new RouteInfo { PrefixLength = 0, Gateway = IPAddress.Parse("192.0.2.1"), LinkIndex = 2, Table = 254 },
            RouteTo("192.0.2.0", 24, 2),
            RouteTo("10.87.1.0", 24, 3),
        ];
        Rules = new Ruleset { EgressComments = ["flatnet flatnet egress 10.87.1.0/24"] };
    }

    public TestRoot Root { get; } = new();

    public FakeEngine Engine { get; } = new();

    public FakeProcesses Processes { get; } = new();

    public FakeHostState Host { get; } = new();

    public FakeLogStore Logs { get; } = new();

    public List<LinkInfo> Links { get; }

    public List<AddressInfo> Addresses { get; }

    public List<RouteInfo> Routes { get; }

    public Ruleset Rules { get; set; }

    public DiskUse? Disk { get; set; } = new(100L << 30, 60L << 30);

    public Func<string, IPAddress[]> Resolve { get; set; } = _ => [IPAddress.Loopback];

    public EngineException? EngineFailure { get; set; }

    public Settings Settings
    {
        get => Root.Context.Settings;
        set => Root.Context = Root.Context with { Settings = value };
    }

    public static RouteInfo RouteTo(string destination, int length, int link) =>
        new() { Destination = IPAddress.Parse(destination), PrefixLength = length, LinkIndex = link, Table = 254 };

    public DoctorFixture OnWsl(string? mode = "nat")
    {
        Root.Write("/proc/sys/kernel/osrelease", "6.6.87.2-microsoft-standard-WSL2\n");
        if (mode is not null)
        {
            Processes.On("wslinfo --networking-mode", mode + "\n");
        }

        return this;
    }

    public NetworkLeases Leases() => NewContext(default).OpenLeases();

    /// <summary>Gives a container an address, as the plugin does.</summary>
    public void Acquire(string name, bool lives)
    {
        string path = "/run/netns/" + name;
        if (lives)
        {
            Host.Namespaces.Add(path);
        }

        Leases().Acquire(new LeaseRequest { ContainerId = name.PadRight(64, '0'), InterfaceName = "eth0", ContainerName = name, NamespacePath = path });
    }

    public DoctorContext NewContext(CancellationToken cancellation) => new(Root.Context, cancellation)
    {
        Http = _http,
        Logs = Logs,
        Processes = Processes,
        TakeSnapshot = () => new NetworkSnapshot([.. Links], [.. Addresses], [.. Routes]),
        ReadRules = () => Rules,
        MeasureDisk = _ => Disk,
        Resolve = (host, _) => Task.FromResult(Resolve(host)),
        Connect = _ => EngineFailure is null ? Task.FromResult<IContainerEngine>(Engine) : Task.FromException<IContainerEngine>(EngineFailure),
        Host = new Lazy<IHostState>(Host),
    };

    public async Task<CheckResult> RunAsync(ICheck check)
    {
        await using DoctorContext context = NewContext(default);
        return await check.RunAsync(context, default);
    }

    public Task ExpectAsync(ICheck check, string status, string message, string? suggestion = null) =>
        ExpectAsync(check, Enum.Parse<CheckStatus>(status), message, suggestion);

    public async Task ExpectAsync(ICheck check, CheckStatus status, string message, string? suggestion = null)
    {
        CheckResult result = await RunAsync(check);

        Assert.Equal((status, message), (result.Status, result.Message.Replace(Root.Path, "", StringComparison.Ordinal)));
        if (status == CheckStatus.Pass)
        {
            Assert.Null(result.Suggestion);
        }
        else
        {
            Assert.Contains(suggestion ?? " ", result.Suggestion, StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        Root.Dispose();
    }
}
