using System.Text.Json.Nodes;
using Flatnet.Command.Tests.Harness;

namespace Flatnet.Command.Tests.Ipam;

/// <summary>The published command works on the leases that the published plugin makes for Podman.</summary>
public sealed class IpamTests(SetUpMachine fixture) : IClassFixture<SetUpMachine>
{
    private readonly Machine _machine = fixture.Machine;

    [HostFact]
    public void Ps_list_and_show_agree_with_podman()
    {
        string address = _machine.AddressOf("web");

        JsonNode shown = Assert.Single(_machine.Json("ipam", "show", "web")["addresses"]!.AsArray())!;
        JsonNode listed = Assert.Single(_machine.Json("ipam", "ls")["addresses"]!.AsArray(), entry => (string?)entry!["name"] == "web")!;
        JsonNode container = Assert.Single(_machine.Json("ps")["containers"]!.AsArray())!;

        Assert.Equal((address, "live"), ((string)shown["address"]!, (string)shown["state"]!));
        Assert.Equal((address, (string)shown["container_id"]!), ((string)listed["address"]!, (string)listed["container_id"]!));
        Assert.Equal((address, "podman"), ((string)container["flatnet_ip"]!, (string)container["ip_source"]!));
        Assert.Equal(_machine.Run("podman", "inspect", "--format", "{{.Id}}", "web"), (string)shown["container_id"]!);
        Assert.Equal(_machine.Run("podman", "inspect", "--format", "{{.NetworkSettings.Networks.flatnet.MacAddress}}", "web"), (string)shown["mac"]!);
        Assert.True(Path.Exists(_machine.Outside((string)shown["namespace"]!)));
        Assert.Equal((string)shown["host_interface"]!, _machine.Run("ls", "/sys/class/net/flatnet-br0/brif"));
        Assert.Contains("nothing wrong", _machine.Flatnet("ipam", "verify").ExpectSuccess().Output, StringComparison.Ordinal);
    }

    [HostFact]
    public void A_reserved_address_goes_to_its_container_and_to_no_other()
    {
        Assert.Equal("10.87.1.77 is reserved for db.", _machine.Flatnet("ipam", "reserve", "db", "10.87.1.77").ExpectSuccess().Text);
        try
        {
            CommandResult other = _machine.Try("podman", "run", "--rm", "--network", "flatnet", "--ip", "10.87.1.77", "--name", "thief", Machine.Image, "true").ExpectFailure();
            Assert.Contains("db", other.Error, StringComparison.Ordinal);
            _machine.Start("db");
            Assert.Equal("10.87.1.77", _machine.AddressOf("db"));

            CommandResult release = _machine.Flatnet("ipam", "release", "db").ExpectSuccess();

            Assert.Equal("10.87.1.77: the reservation for db has ended.", release.Text);
            Assert.Contains("db (", release.Error, StringComparison.Ordinal);
            Assert.Contains("keeps 10.87.1.77 until it stops", release.Error, StringComparison.Ordinal);
            Assert.Contains("is running and uses 10.87.1.77", _machine.Flatnet("ipam", "release", "10.87.1.77").ExpectFailure().Error, StringComparison.Ordinal);
        }
        finally
        {
            _machine.Run("podman", "rm", "--force", "--ignore", "--time", "0", "db", "thief");
        }
    }

    [HostFact]
    public void A_dry_run_prints_what_the_sweep_removes()
    {
        _machine.Start("one");
        _machine.Start("two");
        try
        {
            string[] gone = [_machine.AddressOf("one"), _machine.AddressOf("two")];
            _machine.KillBehindPodmansBack("one");
            _machine.KillBehindPodmansBack("two");
            CommandResult verify = _machine.Flatnet("ipam", "verify");
            Assert.Equal(1, verify.ExitCode);
            Assert.Contains($"{gone[0]} is leased to one", verify.Output, StringComparison.Ordinal);

            string before = _machine.Read(Machine.Leases);
            CommandResult dry = _machine.Flatnet("ipam", "gc", "--dry-run").ExpectSuccess();
            Assert.Equal(before, _machine.Read(Machine.Leases));
            CommandResult real = _machine.Flatnet("ipam", "gc").ExpectSuccess();

            Assert.Equal(gone, dry.Text.Split('\n').Select(line => line.Split(' ')[0]));
            Assert.Equal(dry.Output, real.Output);
            Assert.Equal("2 stale leases removed.\n", real.Error);
            Assert.Equal("", _machine.Flatnet("ipam", "gc").ExpectSuccess().Output);
            Assert.Equal("live", (string?)_machine.Json("ipam", "show", "web")["addresses"]![0]!["state"]);
            Assert.Equal(0, _machine.Flatnet("ipam", "verify").ExitCode);
        }
        finally
        {
            _machine.Remove("one", "two");
        }
    }

    [HostFact]
    public void A_corrupt_lease_file_is_told_and_not_touched_by_who_only_reads()
    {
        string sound = _machine.Read(Machine.Leases);
        string broken = sound[..(sound.Length / 2)];
        _machine.Write(Machine.Leases, broken);
        try
        {
            foreach (string[] reader in (string[][])[["ls"], ["show", "web"], ["verify"]])
            {
                CommandResult result = _machine.Flatnet(["ipam", .. reader]);
                Assert.Equal(1, result.ExitCode);
                Assert.Contains($"{Machine.Leases} does not parse", result.Output + result.Error, StringComparison.Ordinal);
                Assert.Contains("flatnet ipam gc", result.Output + result.Error, StringComparison.Ordinal);
            }

            Assert.Equal("failed", (string?)_machine.Json("ipam", "ls")["error"]!["code"]);
            Assert.Contains("CNI Plugin/IPAM state valid", _machine.Flatnet("doctor", "--quiet").Output, StringComparison.Ordinal);
            Assert.Equal(broken, _machine.Read(Machine.Leases));

            CommandResult cure = _machine.Flatnet("ipam", "gc").ExpectSuccess();

            Assert.Contains("Warning: ", cure.Error, StringComparison.Ordinal);
            Assert.Equal("live", (string?)_machine.Json("ipam", "show", _machine.AddressOf("web"))["addresses"]![0]!["state"]);
            Assert.Contains(Directory.GetFiles(Path.GetDirectoryName(_machine.Outside(Machine.Leases))!), file => File.ReadAllText(file) == broken);
        }
        finally
        {
            _machine.Write(Machine.Leases, sound);
        }
    }

    [HostTheory]
    [InlineData("ls")]
    [InlineData("show", "web")]
    [InlineData("reserve", "db", "10.87.1.9")]
    [InlineData("release", "web")]
    [InlineData("gc")]
    [InlineData("verify")]
    public void Who_is_not_root_is_told_which_file_and_to_use_sudo(params string[] arguments)
    {
        CommandResult result = _machine.FlatnetAsNobody(["ipam", .. arguments, "--json"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("/var/lib/cni/flatnet", result.Error, StringComparison.Ordinal);
        Assert.Contains("Permission denied", result.Error, StringComparison.Ordinal);
        Assert.Contains($"Only root may do that: sudo flatnet ipam {arguments[0]}", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Equal("permission_denied", (string?)JsonNode.Parse(result.Output)!["error"]!["code"]);
    }
}
