using System.Text.Json.Nodes;
using Flatnet.Command.Tests.Harness;

namespace Flatnet.Command.Tests.NetworkFiles;

/// <summary>The published command makes networks that Podman and the published plugin use.</summary>
public sealed class NetworkTests(SetUpMachine fixture) : IClassFixture<SetUpMachine>
{
    private readonly Machine _machine = fixture.Machine;

    [HostFact]
    public void A_second_network_is_routed_to_the_first_and_goes_when_nobody_uses_it()
    {
        CommandResult created = _machine.Flatnet("network", "create", "office").ExpectSuccess();
        Assert.Equal("office: 10.87.2.0/24, gateway 10.87.2.1, bridge flatnet-br1", created.Text);
        _machine.StartIn("office", "desk");
        try
        {
            Assert.Equal("10.87.2.2", _machine.AddressOf("desk", "office"));
            _machine.Run("podman", "exec", "desk", "busybox", "ping", "-c", "1", "-W", "3", _machine.AddressOf("web"));
            _machine.Run("podman", "exec", "web", "busybox", "ping", "-c", "1", "-W", "3", "10.87.2.2");
            Assert.Equal(
                ["flatnet 10.87.1.0/24", "office 10.87.2.0/24"],
                _machine.Json("network", "ls")["networks"]!.AsArray().Select(network => $"{network!["name"]} {network["subnets"]![0]}"));
            Assert.Equal("10.87.2.2", (string?)_machine.Json("ipam", "show", "desk", "--network", "office")["addresses"]![0]!["address"]);

            CommandResult refused = _machine.Flatnet("network", "rm", "office").ExpectFailure();
            Assert.Contains("the network \"office\" is in use by desk (10.87.2.2)", refused.Error, StringComparison.Ordinal);
        }
        finally
        {
            _machine.Remove("desk");
        }

        Assert.Equal("office is removed.", _machine.Flatnet("network", "rm", "office").ExpectSuccess().Text);
        Assert.DoesNotContain("office", _machine.Run("podman", "network", "ls", "--format", "{{.Name}}"), StringComparison.Ordinal);
    }

    [HostFact]
    public void Networks_made_at_the_same_time_get_subnets_and_bridges_of_their_own()
    {
        string[] names = [.. Enumerable.Range(0, 6).Select(number => $"n{number}")];
        RunningProgram[] programs = [.. names.Select(name => _machine.StartFlatnet("network", "create", name))];
        try
        {
            Assert.All(programs, program => program.WaitForExit().ExpectSuccess());

            JsonArray networks = _machine.Json("network", "ls")["networks"]!.AsArray();
            Assert.Equal(names.Length + 1, networks.Select(network => (string)network!["bridge"]!).Distinct().Count());
            Assert.Equal(names.Length + 1, networks.Select(network => (string)network!["subnets"]![0]!).Distinct().Count());
        }
        finally
        {
            Array.ForEach(programs, program => program.Dispose());
            Array.ForEach(names, name => _machine.Flatnet("network", "rm", name));
        }
    }

    [HostFact]
    public void An_error_is_json_too()
    {
        CommandResult result = _machine.Flatnet("network", "create", "clash", "--subnet", "10.87.1.0/25", "--json");

        Assert.Equal(1, result.ExitCode);
        JsonNode error = JsonNode.Parse(result.Output)!["error"]!;
        Assert.Equal("failed", (string?)error["code"]);
        Assert.StartsWith("10.87.1.0/25 overlaps with 10.87.1.0/24", (string?)error["message"], StringComparison.Ordinal);
        Assert.StartsWith("Error: 10.87.1.0/25 overlaps", result.Error, StringComparison.Ordinal);
    }
}
