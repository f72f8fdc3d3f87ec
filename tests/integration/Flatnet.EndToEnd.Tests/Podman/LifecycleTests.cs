using Flatnet.EndToEnd.Tests.Harness;

namespace Flatnet.EndToEnd.Tests.Podman;

/// <summary>A container's life from run to rm: what stays the same, and that nothing stays behind.</summary>
public sealed class LifecycleTests : IDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly PodmanHost _podman;

    public LifecycleTests()
    {
        _podman = new PodmanHost(_sandbox);
        _sandbox.AddNetwork(Networks.Flatnet());
    }

    public void Dispose()
    {
        _sandbox.Dispose();
    }

    [HostFact("podman", "runc")]
    public void Address_and_mac_survive_stop_restart_and_kill()
    {
        _podman.RunWeb("other");
        _podman.RunWeb("web");
        string address = _podman.AddressOf("web");
        string mac = _podman.MacOf("web");

        _podman.Stop("web");
        Assert.Null(Traffic.From(_sandbox).Fetch(address));
        _podman.Run("start", "web");
        AssertServes("web", address, mac);

        _podman.Run("restart", "--time", "1", "web");
        AssertServes("web", address, mac);

        _podman.Run("kill", "web");
        _podman.Run("wait", "web");
        _podman.Run("start", "web");
        AssertServes("web", address, mac);
    }

    [HostFact("podman", "runc")]
    public void A_stopped_name_keeps_its_address_while_others_come_and_go()
    {
        _podman.RunWeb("web");
        string address = _podman.AddressOf("web");
        _podman.Stop("web");

        _podman.RunWeb("other");
        Assert.NotEqual(address, _podman.AddressOf("other"));
        _podman.Run("start", "web");

        Assert.Equal(address, _podman.AddressOf("web"));
    }

    [HostFact("podman", "runc")]
    public void A_name_keeps_its_address_after_rm_and_run()
    {
        _podman.RunWeb("web");
        string address = _podman.AddressOf("web");
        string mac = _podman.MacOf("web");
        _podman.Run("rm", "--force", "--time", "0", "web");
        _podman.RunWeb("other");

        _podman.RunWeb("web");

        AssertServes("web", address, mac);
        Assert.NotEqual(address, _podman.AddressOf("other"));
    }

    [HostFact("podman", "runc", "nft")]
    public void Names_keep_their_addresses_after_a_power_failure_in_whatever_order_they_start()
    {
        FakeBoot boot = new(_sandbox);
        string[] names = ["alpha", "beta", "gamma"];
        foreach (string name in names)
        {
            _podman.RunWeb(name);
        }

        _podman.RunWeb("fixed", "--ip", "10.87.1.77");
        Dictionary<string, string> addresses = names.ToDictionary(name => name, name => _podman.AddressOf(name));

        _podman.LosePower(boot);
        Assert.Null(Traffic.From(_sandbox).Fetch("10.87.1.77"));
        _podman.RunWeb("newcomer");
        foreach (string name in (string[])["fixed", "gamma", "beta", "alpha"])
        {
            _podman.Run("start", name);
        }

        Assert.Equal("fixed", Traffic.From(_sandbox).Fetch("10.87.1.77", WebFiles.NamePath));
        foreach (string name in names)
        {
            Assert.Equal(addresses[name], _podman.AddressOf(name));
            Assert.Equal(name, Traffic.From(_sandbox).Fetch(addresses[name], WebFiles.NamePath));
        }
    }

    [HostFact("podman", "runc", "nft")]
    public void A_whole_life_leaves_nothing_behind()
    {
        IReadOnlyList<string> before = HostTraces.Of(_sandbox);

        _podman.RunWeb("web");
        _podman.RunWeb("fixed", "--ip", "10.87.1.77");
        Assert.NotEmpty(HostTraces.Of(_sandbox).Except(before));
        _podman.Stop("web");
        _podman.Run("start", "web");
        _podman.Run("kill", "fixed");
        _podman.Run("wait", "fixed");
        _podman.Run("rm", "fixed");
        _podman.Run("rm", "--force", "--time", "0", "web");

        HostTraces.AssertSame(before, _sandbox);
        Assert.Equal(0, LeaseState.Leases(_sandbox));
    }

    [HostFact("podman", "runc", "nft")]
    public void Reload_puts_back_what_a_flush_took_and_changes_no_address()
    {
        _podman.RunWeb("web");
        _podman.RunWeb("fixed", "--ip", "10.87.1.77", "--mac-address", "02:aa:bb:cc:dd:01");
        string address = _podman.AddressOf("web");
        string mac = _podman.MacOf("web");
        _sandbox.Run("nft", "flush", "ruleset");

        _podman.Run("network", "reload", "--all");

        AssertServes("web", address, mac);
        AssertServes("fixed", "10.87.1.77", "02:aa:bb:cc:dd:01");
        Assert.Contains("masquerade", _sandbox.Run("nft", "list", "ruleset").Output, StringComparison.OrdinalIgnoreCase);
    }

    private void AssertServes(string name, string address, string mac)
    {
        Assert.Equal(address, _podman.AddressOf(name));
        Assert.Equal(mac, _podman.MacOf(name));
        Assert.Equal(name, Traffic.From(_sandbox).Fetch(address, WebFiles.NamePath));
    }
}
