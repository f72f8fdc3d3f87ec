using System.Text.Json.Nodes;
using Flatnet.Command.Tests.Harness;

namespace Flatnet.Command.Tests.Status;

/// <summary>The published command shows a gateway, and none.</summary>
public sealed class StatusTests
{
    private const string Answer =
        """
        {"status":"running","service":"flatnet-gateway-api","stage":"4","registry":{"count":7},"healthcheck":{"enabled":true,"active_p2p_count":3,"failure_counts":{"10.87.1.9":2}}}
        """;

    // Nobody listens there.
    private const string Nowhere = "http://127.0.0.1:1";

    [HostFact]
    public void With_a_gateway_it_ends_with_0()
    {
        using FakeGateway gateway = new(Answer);

        CommandResult text = Run(gateway.Url);
        CommandResult json = Run(gateway.Url, "--json");

        Assert.Equal((0, 0), (text.ExitCode, json.ExitCode));
        string[] lines = text.Output.Split('\n');
        Assert.Matches("^│ Gateway +● Running +127.0.0.1:[0-9]+ +│$", lines[3]);
        Assert.Matches("^│ CNI Plugin +● Ready +10.87.1.0/24 \\(7 IPs\\) +│$", lines[4]);
        Assert.Matches("^│ Healthcheck +● Running +3 healthy, 1 unhealthy +│$", lines[5]);
        Assert.Matches("^│ Prometheus +○ Stopped +:1 +│$", lines[6]);
        Assert.All(lines[..10], line => Assert.Equal(55, line.Length));
        JsonNode document = JsonNode.Parse(json.Output)!;
        Assert.Equal(gateway.Url, (string?)document["gateway_url"]);
        Assert.Equal("Running", (string?)document["components"]![0]!["status"]);
    }

    [HostFact]
    public void Without_one_it_ends_with_1()
    {
        CommandResult result = Run(Nowhere, "--json");

        Assert.Equal(1, result.ExitCode);
        JsonArray components = JsonNode.Parse(result.Output)!["components"]!.AsArray();
        Assert.Equal(["Gateway", "CNI Plugin", "Prometheus", "Grafana", "Loki"], components.Select(component => (string)component!["name"]!));
        Assert.Equal(("Stopped", "127.0.0.1:1 (connection refused)"), ((string)components[0]!["status"]!, (string)components[0]!["details"]!));
        Assert.Equal(("Unknown", "Gateway unavailable"), ((string)components[1]!["status"]!, (string)components[1]!["details"]!));
    }

    [HostFact]
    public void A_gateway_that_talks_nonsense_is_an_error()
    {
        using FakeGateway gateway = new("<html>");

        CommandResult result = Run(gateway.Url);

        Assert.Equal(1, result.ExitCode);
        Assert.Matches("Gateway +○ Error ", result.Output);
    }

    [HostFact]
    public void Watching_ends_with_0_by_Ctrl_C()
    {
        using RunningProgram watch = FlatnetProgram.Start(EnvironmentOf(Nowhere), "status", "--watch", "--interval", "1");
        watch.WaitForOutput("╰");
        watch.Signal("INT");

        Assert.Equal(0, watch.WaitForExit().ExitCode);
    }

    private static CommandResult Run(string gateway, params string[] options) => FlatnetProgram.Run(EnvironmentOf(gateway), ["status", .. options]);

    private static Dictionary<string, string> EnvironmentOf(string gateway) => new()
    {
        ["FLATNET_GATEWAY_URL"] = gateway,
        ["FLATNET_PROMETHEUS_URL"] = Nowhere,
        ["FLATNET_GRAFANA_URL"] = Nowhere,
        ["FLATNET_LOKI_URL"] = Nowhere,
        ["CONTAINER_HOST"] = "unix:///nonexistent/podman.sock",
        ["CNI_CONF_DIR"] = "/nonexistent/net.d",
    };
}
