using System.Text.Json.Nodes;
using Flatnet.Command.Tests.Harness;

namespace Flatnet.Command.Tests.Doctor;

/// <summary>The published doctor finds what was broken on a real machine, and its cure helps. There is no gateway and no monitoring.</summary>
public sealed class DoctorTests(SetUpMachine fixture) : IClassFixture<SetUpMachine>
{
    private static readonly string[] Absent = ["Gateway", "Monitoring"];

    private readonly Machine _machine = fixture.Machine;

    [HostFact]
    public void A_machine_that_is_set_up_has_no_findings_but_the_missing_gateway_and_monitoring()
    {
        CommandResult result = _machine.Flatnet("doctor", "--json");

        Assert.Equal(2, result.ExitCode);
        JsonNode report = JsonNode.Parse(result.Output)!;
        JsonArray checks = report["checks"]!.AsArray();
        foreach (JsonNode? check in checks)
        {
            Assert.Equal(["category", "name", "status", "message", "suggestion", "duration_ms"], check!.AsObject().Select(member => member.Key));
            Assert.Contains((string)check["status"]!, (string[])["pass", "warning", "fail"]);
            Assert.Equal((string)check["status"]! == "pass", check["suggestion"] is null);
        }

        Assert.Empty(Findings());
        Assert.Equal(checks.Count, Summary("passed") + Summary("warnings") + Summary("failed"));
        Assert.Equal(2, Summary("exit_code"));
        Assert.Equal(
            Absent,
            _machine.Flatnet("doctor", "--quiet").Output.Split('\n').Where(line => line.StartsWith('[')).Select(line => line.Split(' ', '/')[1]).Distinct());

        int Summary(string name) => (int)report["summary"]![name]!;
    }

    [HostTheory]
    [InlineData("FORWARD accepts", "the chain \"ip filter FORWARD\" drops by default", "nft add table ip filter; nft add chain ip filter FORWARD '{ type filter hook forward priority 0; policy drop; }'", "nft delete table ip filter")]
    [InlineData("FORWARD accepts", "the chain \"inet filter forward\" drops by default", "nft add table inet filter; nft add chain inet filter forward '{ type filter hook forward priority 0; policy drop; }'", "nft delete table inet filter")]
    [InlineData("Egress rule", "the egress rule for 10.87.1.0/24 is missing", "nft flush table inet flatnet", "true")]
    [InlineData("Egress rule", "the egress rule for 10.87.1.0/24 is missing", "nft delete table inet flatnet", "true")]
    [InlineData("Bridge exists", "flatnet-br0 is switched off", "ip link set flatnet-br0 down", "true")]
    [InlineData("Plugin installed", "/opt/cni/bin/flatnet is not executable", "chmod 644 /opt/cni/bin/flatnet", "true")]
    [InlineData("Plugin installed", "is in none of Podman's plugin directories", "rm /opt/cni/bin/flatnet", "true")]
    [InlineData("Network configured", "names plugins that are in none of Podman's plugin directories: flatnet-ipam", "rm /opt/cni/bin/flatnet-ipam", "true")]
    [InlineData("Network configured", "10-flatnet.conflist cannot be used: is not JSON (line 1, column ", "echo '{\"name' > /etc/cni/net.d/10-flatnet.conflist", "rm -f /etc/cni/net.d/*-backup")]
    [InlineData("IPv4 forwarding", "net.ipv4.ip_forward is 0", "echo 0 > /proc/sys/net/ipv4/ip_forward", "true")]
    public void A_break_is_found_and_the_suggested_command_cures_it(string check, string message, string breaking, string cleaning)
    {
        _machine.Run("sh", "-c", breaking);
        try
        {
            JsonNode finding = Finding(check);
            Assert.Contains(message, (string)finding["message"]!, StringComparison.Ordinal);

            Cure((string)finding["suggestion"]!);

            Assert.Empty(Findings());
        }
        finally
        {
            _machine.Run("sh", "-c", cleaning);
        }
    }

    [HostTheory]
    [InlineData("MTU fits the uplink", "but the uplink uplink0 only 1400", "\"mtu\": 1400", "ip link set uplink0 mtu 1400", "ip link set uplink0 mtu 1500")]
    [InlineData("Subnet is free", "10.87.1.0/24 overlaps with 10.87.0.0/16 on uplink0", "flatnet network create flatnet2 --subnet ", "ip route add 10.87.0.0/16 dev uplink0", "ip route del 10.87.0.0/16")]
    [InlineData("Subnet is free", "10.87.1.0/24 overlaps with 10.87.1.128/25 on uplink0", "--subnet 10.87.2.0/24", "ip route add 10.87.1.128/25 via 192.0.2.2", "ip route del 10.87.1.128/25")]
    public void What_a_person_must_decide_is_found(string check, string message, string suggestion, string breaking, string mending)
    {
        _machine.Run("sh", "-c", breaking);
        try
        {
            JsonNode finding = Finding(check);
            Assert.Contains(message, (string)finding["message"]!, StringComparison.Ordinal);
            Assert.Contains(suggestion, (string)finding["suggestion"]!, StringComparison.Ordinal);
        }
        finally
        {
            _machine.Run("sh", "-c", mending);
        }

        Assert.Empty(Findings());
    }

    [HostFact]
    public void Fix_cures_forwarding_and_stale_leases_and_a_second_time_changes_nothing()
    {
        _machine.Start("lost");
        try
        {
            _machine.KillBehindPodmansBack("lost");
            _machine.SetForwarding(false);
            Assert.Equal("1 lease belongs to a container that is gone", (string)Finding("No stale leases")["message"]!);

            JsonNode first = _machine.Json("doctor", "--fix");
            string leases = _machine.Read(Machine.Leases);
            JsonNode second = _machine.Json("doctor", "--fix");

            Assert.Equal(["No stale leases", "IPv4 forwarding"], first["fixes"]!.AsArray().Select(fix => (string)fix!["name"]!));
            Assert.All(first["fixes"]!.AsArray(), fix => Assert.Null(fix!["problem"]));
            Assert.Empty(second["fixes"]!.AsArray());
            Assert.True(_machine.Forwards());
            Assert.Equal(leases, _machine.Read(Machine.Leases));
            Assert.Empty(Findings());
        }
        finally
        {
            _machine.Remove("lost");
        }
    }

    [HostFact]
    public void An_address_that_two_containers_lease_is_found_here_and_by_verify()
    {
        _machine.Start("twin");
        string leases = _machine.Read(Machine.Leases);
        try
        {
            _machine.Write(Machine.Leases, leases.Replace($"{{\"ip\":[\"{_machine.AddressOf("twin")}\"],\"id\"", $"{{\"ip\":[\"{_machine.AddressOf("web")}\"],\"id\"", StringComparison.Ordinal));

            string message = (string)Finding("No address twice")["message"]!;

            Assert.Contains(_machine.AddressOf("web"), message, StringComparison.Ordinal);
            Assert.Contains("twin", message, StringComparison.Ordinal);
            CommandResult verify = _machine.Flatnet("ipam", "verify");
            Assert.Equal(1, verify.ExitCode);
            Assert.Contains($"{_machine.AddressOf("web")} is leased twice", verify.Output, StringComparison.Ordinal);
        }
        finally
        {
            _machine.Write(Machine.Leases, leases);
            _machine.Remove("twin");
        }
    }

    [HostFact]
    public void Who_is_not_root_is_told_what_could_not_be_looked_at()
    {
        CommandResult result = _machine.FlatnetAsNobody("doctor", "--quiet");

        Assert.Contains("[WARN] CNI Plugin/Network configured: /etc/cni/net.d cannot be read: permission denied\n  -> Only root may read it: sudo flatnet doctor", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("the check itself failed", result.Output, StringComparison.Ordinal);
    }

    // Words before the command, and IMAGE, are for people.
    private void Cure(string suggestion)
    {
        string command = suggestion.Contains("; or ", StringComparison.Ordinal) ? suggestion[(suggestion.IndexOf("; or ", StringComparison.Ordinal) + 5)..] : suggestion;
        command = command.Contains("; to keep it", StringComparison.Ordinal) ? command[..command.IndexOf("; to keep it", StringComparison.Ordinal)] : command;
        int colon = command.IndexOf(": ", StringComparison.Ordinal);
        command = (colon < 0 ? command : command[(colon + 2)..]).Replace("sudo ", "", StringComparison.Ordinal);
        _machine.Run("sh", "-c", $"export PATH=/opt/flatnet/bin:$PATH; {command}");
    }

    private JsonNode Finding(string name) =>
        Assert.Single(Findings(), check => (string)check["name"]! == name);

    private JsonNode[] Findings() =>
    [
        .. _machine.Json("doctor")["checks"]!.AsArray()
            .Where(check => (string)check!["status"]! != "pass" && !Absent.Contains((string)check["category"]!))
            .Select(check => check!),
    ];
}
