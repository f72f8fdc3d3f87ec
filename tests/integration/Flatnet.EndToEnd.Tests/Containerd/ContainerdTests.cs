using System.Text.RegularExpressions;
using Flatnet.EndToEnd.Tests.Harness;

namespace Flatnet.EndToEnd.Tests.Containerd;

/// <summary>Containers of containerd on the flat network, through <c>ctr run --cni</c>.</summary>
public sealed partial class ContainerdTests : IDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly ContainerdHost _containerd;
    private readonly IReadOnlyList<string> _before;

    public ContainerdTests()
    {
        _sandbox.AddNetwork(Networks.Flatnet());
        _containerd = new ContainerdHost(_sandbox);
        _before = HostTraces.Of(_sandbox);
    }

    public void Dispose()
    {
        _containerd.Dispose();
        _sandbox.Dispose();
    }

    [HostFact("containerd", "ctr", "runc", "nft")]
    public void Containers_get_flat_addresses_and_are_removed_cleanly()
    {
        using Background first = _containerd.RunWeb("one");
        using Background second = _containerd.RunWeb("two");

        string one = AddressOf("one");
        string two = AddressOf("two");
        Assert.NotEqual(one, two);
        Assert.Equal(WebFiles.IndexPage.TrimEnd(), Traffic.From(_sandbox).Fetch(one));
        Assert.Equal(WebFiles.IndexPage.TrimEnd(), Traffic.FromContainer(argv => _containerd.Exec("one", argv)).Fetch(two));

        _containerd.Kill("one", first);
        Assert.Equal(WebFiles.IndexPage.TrimEnd(), Traffic.From(_sandbox).Fetch(two));
        _containerd.Kill("two", second);
        HostTraces.AssertSame(_before, _sandbox);
        Assert.Equal(0, LeaseState.Leases(_sandbox));
    }

    [HostFact("containerd", "ctr", "runc", "nft")]
    public void A_name_used_again_gets_an_address_again()
    {
        for (int round = 0; round < 3; round++)
        {
            using Background running = _containerd.RunWeb("web");
            Assert.Equal(WebFiles.IndexPage.TrimEnd(), Traffic.From(_sandbox).Fetch(AddressOf("web")));
            _containerd.Kill("web", running);
        }

        HostTraces.AssertSame(_before, _sandbox);
        Assert.Equal(0, LeaseState.Leases(_sandbox));
    }

    private string AddressOf(string name)
    {
        return Inet().Match(_containerd.Exec(name, "ip", "address", "show", "eth0").ExpectSuccess().Output).Groups[1].Value;
    }

    [GeneratedRegex(@"inet (10\.87\.1\.\d+)/24")]
    private static partial Regex Inet();
}
