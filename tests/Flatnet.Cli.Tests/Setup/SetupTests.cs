using Flatnet.Cli.Networks;
using Flatnet.Ipam;

namespace Flatnet.Cli.Tests.Setup;

public sealed class SetupTests : IDisposable
{
    private readonly SetupFixture _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Setup_installs_plugin_link_network_and_forwarding()
    {
        (int code, string output, _) = await _machine.SetupAsync();

        Assert.Equal(0, code);
        Assert.Contains("Install the plugin /opt/cni/bin/flatnet.\nLink /opt/cni/bin/flatnet-ipam to flatnet.\n", output, StringComparison.Ordinal);
        Assert.Contains("Set net.ipv4.ip_forward to 1; it is 0.\n", output, StringComparison.Ordinal);
        Assert.Equal("\u007fELF one", _machine.Read("/opt/cni/bin/flatnet-ipam"));
        Assert.Equal("flatnet", new FileInfo(_machine.Root + "/opt/cni/bin/flatnet-ipam").LinkTarget);
        Assert.Equal("755", Convert.ToString(FileProtection.Of(_machine.Root + "/opt/cni/bin/flatnet")!.Mode, 8));
        Assert.Equal(ConflistWriter.Render(NetworkPlan.Shipped), _machine.Read("/etc/cni/net.d/10-flatnet.conflist"));
        Assert.EndsWith("\nnet.ipv4.ip_forward = 1\n", _machine.Read("/etc/sysctl.d/90-flatnet.conf"), StringComparison.Ordinal);
        Assert.Equal("1\n", _machine.Read(SetupFixture.ForwardingFile));
    }

    [Fact]
    public async Task Setup_twice_and_unsetup_leave_the_machine_as_it_was()
    {
        string[] before = _machine.Snapshot();

        await _machine.SetupAsync();
        string[] between = _machine.Snapshot();
        Assert.Equal((0, "Everything is in place already.\n", ""), await _machine.SetupAsync());
        Assert.Equal(between, _machine.Snapshot());

        Assert.Equal((0, "What flatnet setup had changed is as it was before.\n", ""), await _machine.RunAsync("unsetup"));
        Assert.Equal(before, _machine.Snapshot());
        Assert.Equal((0, "There is nothing to undo.\n", ""), await _machine.RunAsync("unsetup"));
    }

    [Fact]
    public async Task What_was_there_already_is_not_taken_away()
    {
        _machine.Write("/opt/cni/bin/bridge", "another plugin");
        _machine.Write("/opt/cni/bin/flatnet", "\u007fELF one");
        _machine.Write(SetupFixture.ForwardingFile, "1\n");
        string[] before = _machine.Snapshot();

        await _machine.SetupAsync();
        await _machine.RunAsync("unsetup");

        Assert.Equal(before, _machine.Snapshot());
    }

    [Fact]
    public async Task A_dry_run_prints_what_setup_then_does_and_changes_nothing()
    {
        string[] before = _machine.Snapshot();
        (_, string told, string note) = await _machine.SetupAsync("--dry-run");
        Assert.Equal(before, _machine.Snapshot());
        Assert.Equal("Nothing was changed.\n", note);

        Assert.Equal(told, (await _machine.SetupAsync()).Out);

        string[] between = _machine.Snapshot();
        (_, string undo, _) = await _machine.RunAsync("unsetup", "--dry-run");
        Assert.Equal(between, _machine.Snapshot());
        Assert.StartsWith("Set /proc/sys/net/ipv4/ip_forward back to 0.\nRemove /etc/sysctl.d/90-flatnet.conf.\n", undo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_plugin_replaces_ours_and_still_all_of_it_can_be_undone()
    {
        string[] before = _machine.Snapshot();
        await _machine.SetupAsync();
        _machine.Plugin("two");

        Assert.Equal("Install the plugin /opt/cni/bin/flatnet: a newer one.\n", (await _machine.SetupAsync()).Out);
        Assert.Equal("\u007fELF two", _machine.Read("/opt/cni/bin/flatnet"));

        await _machine.RunAsync("unsetup");
        Assert.Equal(before, _machine.Snapshot());
    }

    [Fact]
    public async Task Files_of_others_are_refused_all_at_once_and_set_aside_with_force()
    {
        _machine.Write("/opt/cni/bin/flatnet", "somebody else's");
        _machine.Write("/opt/cni/bin/flatnet-ipam", "theirs, too");
        _machine.Write("/etc/sysctl.d/90-flatnet.conf", "by hand");
        string[] before = _machine.Snapshot();

        (int code, _, string error) = await _machine.SetupAsync();

        Assert.Equal(1, code);
        Assert.StartsWith(
            "Error: in the way, and not made by flatnet setup: /opt/cni/bin/flatnet, /opt/cni/bin/flatnet-ipam, /etc/sysctl.d/90-flatnet.conf\n", error, StringComparison.Ordinal);
        Assert.Equal(before, _machine.Snapshot());

        Assert.Equal(0, (await _machine.SetupAsync("--force")).Code);
        Assert.Equal("somebody else's", _machine.Read("/opt/cni/bin/flatnet.flatnet-backup"));
        Assert.Equal("\u007fELF one", _machine.Read("/opt/cni/bin/flatnet"));
        Assert.Equal(0, (await _machine.SetupAsync("--force")).Code);

        await _machine.RunAsync("unsetup");
        Assert.Equal(before, _machine.Snapshot());
    }

    [Fact]
    public async Task A_backup_is_never_overwritten()
    {
        _machine.Write("/opt/cni/bin/flatnet", "somebody else's");
        _machine.Write("/opt/cni/bin/flatnet.flatnet-backup", "precious");
        string[] before = _machine.Snapshot();

        (int code, _, string error) = await _machine.SetupAsync("--force");

        Assert.Equal(1, code);
        Assert.Contains("/opt/cni/bin/flatnet.flatnet-backup", error, StringComparison.Ordinal);
        Assert.Equal(before, _machine.Snapshot());
    }

    [Theory]
    [InlineData("/etc/sysctl.d", "a file where a directory is needed")]
    [InlineData("/etc/cni", "the same, earlier")]
    public async Task When_a_step_fails_those_before_it_are_undone(string path, string content)
    {
        _machine.Write(path, content);
        string[] before = _machine.Snapshot();

        (int code, _, string error) = await _machine.SetupAsync();

        Assert.Equal(1, code);
        Assert.Contains("everything is as it was", error, StringComparison.Ordinal);
        Assert.Equal(before, _machine.Snapshot());
    }

    [Fact]
    public async Task When_an_upgrade_fails_the_old_plugin_is_back()
    {
        await _machine.SetupAsync();
        _machine.Plugin("two");
        File.Delete(_machine.Root + "/etc/sysctl.d/90-flatnet.conf");
        Directory.Delete(_machine.Root + "/etc/sysctl.d");
        _machine.Write("/etc/sysctl.d", "a file where a directory is needed");
        string[] before = _machine.Snapshot();

        Assert.Equal(1, (await _machine.SetupAsync()).Code);

        Assert.Equal(before, _machine.Snapshot());
    }

    [Fact]
    public async Task What_was_changed_since_is_left_and_stays_on_record()
    {
        string[] before = _machine.Snapshot();
        await _machine.SetupAsync();
        _machine.Write("/etc/cni/net.d/10-flatnet.conflist", _machine.Read("/etc/cni/net.d/10-flatnet.conflist").Replace("br0", "br7", StringComparison.Ordinal));
        _machine.Write(SetupFixture.ForwardingFile, "2\n");

        (int code, _, string error) = await _machine.RunAsync("unsetup");

        Assert.Equal((0, "/etc/cni/net.d/10-flatnet.conflist was changed since it was set up, and is left. With --force it goes, too.\n"), (code, error));
        Assert.Contains("br7", _machine.Read("/etc/cni/net.d/10-flatnet.conflist"), StringComparison.Ordinal);
        Assert.Equal("2\n", _machine.Read(SetupFixture.ForwardingFile));
        Assert.False(_machine.Exists("/opt"));

        await _machine.RunAsync("unsetup", "--force");
        _machine.Write(SetupFixture.ForwardingFile, "0\n");
        Assert.Equal(before, _machine.Snapshot());
    }

    [Fact]
    public async Task A_network_flatnet_of_the_users_own_is_kept()
    {
        _machine.Write("/etc/cni/net.d/my.conflist", """{"cniVersion":"1.0.0","name":"flatnet","plugins":[{"type":"flatnet","bridge":"x","ipam":{"type":"flatnet-ipam","subnet":"10.9.0.0/24"}}]}""");

        (int code, _, string error) = await _machine.SetupAsync();

        Assert.Equal(0, code);
        Assert.Contains("The network flatnet is described by /etc/cni/net.d/my.conflist, which stays as it is.\n", error, StringComparison.Ordinal);
        Assert.False(_machine.Exists("/etc/cni/net.d/10-flatnet.conflist"));
    }

    [Fact]
    public async Task A_taken_subnet_is_refused_with_a_free_one_before_anything_is_changed()
    {
        _machine.Write("/proc/net/route", "Iface\nvpn0\t0001570A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n");
        string[] before = _machine.Snapshot();

        (int code, _, string error) = await _machine.SetupAsync();

        Assert.Equal(1, code);
        Assert.StartsWith(
            "Error: 10.87.1.0/24 overlaps with 10.87.1.0/24, which is taken by a route over vpn0\n10.87.2.0/24 is free: --subnet 10.87.2.0/24\n", error, StringComparison.Ordinal);
        Assert.Equal(before, _machine.Snapshot());

        Assert.Equal(0, (await _machine.SetupAsync("--subnet", "10.87.2.0/24")).Code);
        Assert.Contains("10.87.2.0/24", _machine.Read("/etc/cni/net.d/10-flatnet.conflist"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_network_file_comes_back_with_the_bridge_that_is_still_there()
    {
        _machine.Write("/proc/net/route", "Iface\nflatnet-br0\t0001570A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n");
        _machine.Write("/sys/class/net/flatnet-br0/mtu", "1500\n");

        Assert.Equal(0, (await _machine.SetupAsync()).Code);

        string network = _machine.Read("/etc/cni/net.d/10-flatnet.conflist");
        Assert.Contains("\"flatnet-br0\"", network, StringComparison.Ordinal);
        Assert.Contains("\"10.87.1.0/24\"", network, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unsetup_refuses_while_containers_run_although_the_network_file_is_broken()
    {
        await _machine.SetupAsync();
        _machine.Lease("web");
        _machine.Write("/etc/cni/net.d/10-flatnet.conflist", "{");

        (int code, _, string error) = await _machine.RunAsync("unsetup");

        Assert.Equal(1, code);
        Assert.StartsWith("Error: containers are running in the network flatnet: web\n", error, StringComparison.Ordinal);
        Assert.True(_machine.Exists("/opt/cni/bin/flatnet"));
    }

    [Fact]
    public async Task Unsetup_refuses_while_containers_run()
    {
        await _machine.SetupAsync();
        _machine.Lease("web");

        (int code, _, string error) = await _machine.RunAsync("unsetup");

        Assert.Equal(1, code);
        Assert.StartsWith("Error: containers are running in the network flatnet: web\nStop them first.", error, StringComparison.Ordinal);
        Assert.True(_machine.Exists("/opt/cni/bin/flatnet"));
        Assert.Equal(0, (await _machine.RunAsync("unsetup", "--force")).Code);
        Assert.True(_machine.Exists("/var/lib/cni/flatnet/ipam.json"));
    }

    [Fact]
    public async Task A_setup_that_was_cut_short_can_be_undone()
    {
        _machine.Write("/opt/cni/bin/flatnet", "somebody else's");
        string[] before = _machine.Snapshot();
        await _machine.SetupAsync("--force");

        // As if the power had failed between setting the file aside and writing the new one.
        File.Delete(_machine.Root + "/opt/cni/bin/flatnet");
        await _machine.RunAsync("unsetup");

        Assert.Equal(before, _machine.Snapshot());
    }

    [Theory]
    [InlineData("{", "does not parse")]
    [InlineData("""{"version":9}""", "is of another version")]
    [InlineData("""{"version":1,"changes":[{"kind":"file","path":"relative"}]}""", "changes[0].path")]
    [InlineData("""{"version":1,"changes":[{"kind":"star","path":"/x"}]}""", "changes[0].kind")]
    public async Task A_record_that_makes_no_sense_stops_both_commands(string json, string message)
    {
        _machine.Write("/var/lib/flatnet/setup.json", json);
        string[] before = _machine.Snapshot();

        foreach ((int code, string output, string error) in new[] { await _machine.SetupAsync(), await _machine.RunAsync("unsetup", "--force") })
        {
            Assert.Equal((1, ""), (code, output));
            Assert.Contains(message, error, StringComparison.Ordinal);
        }

        Assert.Equal(before, _machine.Snapshot());
    }

    [Fact]
    public async Task Without_a_plugin_the_places_are_named()
    {
        (int code, _, string error) = await _machine.RunAsync("setup", "--from", "/nonexistent");

        Assert.Equal((1, "Error: there is no plugin at /nonexistent/flatnet\nName the directory that holds it: --from DIR\n"), (code, error));
    }

    [Fact]
    public async Task What_is_no_program_is_not_installed()
    {
        _machine.Write("/srv/flatnet", "#!/bin/sh\n");

        (int code, _, string error) = await _machine.RunAsync("setup", "--from", _machine.Root + "/srv");

        Assert.Equal((1, "Error: /srv/flatnet is no program of Linux\n"), (code, error));
        Assert.False(_machine.Exists("/opt"));
    }
}
