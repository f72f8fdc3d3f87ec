using Flatnet.Command.Tests.Harness;

namespace Flatnet.Command.Tests.Setup;

/// <summary>The published command sets a machine up with the published plugin, and undoes it.</summary>
public sealed class SetupTests : IDisposable
{
    private const string Forwarding = "/proc/sys/net/ipv4/ip_forward";

    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [HostFact]
    public void Setup_twice_and_unsetup_leave_the_machine_as_it_was()
    {
        string before = Snapshot();

        CommandResult dry = _machine.Flatnet("setup", "--dry-run").ExpectSuccess();
        Assert.Equal(before, Snapshot());
        CommandResult first = _machine.Flatnet("setup").ExpectSuccess();
        Assert.Equal(dry.Output, first.Output);
        string after = Snapshot();
        Assert.True(_machine.Forwards());
        Assert.Equal("Everything is in place already.", _machine.Flatnet("setup").ExpectSuccess().Text);
        Assert.Equal(after, Snapshot());

        _machine.Start("web");
        Assert.Equal("10.87.1.2", _machine.AddressOf("web"));
        CommandResult refused = _machine.Flatnet("unsetup").ExpectFailure();
        Assert.Contains("containers are running in the network flatnet: web", refused.Error, StringComparison.Ordinal);
        Assert.Equal(after, Snapshot());

        _machine.Remove("web");
        _machine.Flatnet("unsetup").ExpectSuccess();
        Assert.Equal(before, Snapshot());
        Assert.Equal("There is nothing to undo.", _machine.Flatnet("unsetup").ExpectSuccess().Text);
    }

    [HostFact]
    public void A_network_file_that_was_lost_comes_back_with_the_bridge_that_containers_use()
    {
        _machine.Flatnet("setup").ExpectSuccess();
        _machine.Start("web");
        string conflist = _machine.Read(Machine.Conflist);
        File.Delete(_machine.Outside(Machine.Conflist));

        Assert.Contains("web", _machine.Flatnet("unsetup").ExpectFailure().Error, StringComparison.Ordinal);
        _machine.Flatnet("setup").ExpectSuccess();

        Assert.Equal(conflist, _machine.Read(Machine.Conflist));
        _machine.Remove("web");
        _machine.Flatnet("unsetup").ExpectSuccess();
        Assert.False(File.Exists(_machine.Outside(Machine.Conflist)));
    }

    [HostTheory]
    [InlineData("setup")]
    [InlineData("network", "create", "office")]
    [InlineData("network", "rm", "office")]
    public void Who_is_not_root_is_told_to_use_sudo(params string[] arguments)
    {
        string before = Snapshot();

        CommandResult result = _machine.FlatnetAsNobody(arguments);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("Error: /etc/cni/net.d cannot be read: permission denied", result.Error, StringComparison.Ordinal);
        Assert.Contains("sudo", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    // Every file with its mode and content, and what the kernel forwards.
    private string Snapshot() => _machine.Run(
        "sh",
        "-c",
        $"for d in /etc/cni /etc/sysctl.d /opt /var/lib/flatnet; do [ ! -e $d ] || find $d -printf '%p %y %m %U %l\\n'; done | sort; "
            + $"find /etc/cni /etc/sysctl.d /opt -type f -exec sha256sum {{}} + | sort; cat {Forwarding}");
}
