using Flatnet.Cli.Status;
using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Tests.Status;

public sealed class StatusOutputTests
{
    private static readonly StatusReport Report = new(
        [
            new("Gateway", ComponentState.Running, "10.100.1.1:8080"),
            new("CNI Plugin", ComponentState.Ready, "10.87.1.0/24 (12 IPs)"),
            new("Healthcheck", ComponentState.Disabled, "0 healthy, 0 unhealthy"),
            new("Prometheus", ComponentState.Stopped, ":9090"),
            new("Grafana", ComponentState.Warning, "日本語の長い長い長い長い説明文です"),
            new("Loki", ComponentState.Timeout, "a.very.long.host.example.com:3100"),
        ],
        2,
        null,
        new Uri("http://10.100.1.1:8080"));

    [Fact]
    public void The_box_is_55_columns_wide()
    {
        Assert.Equal(
            """
            ╭─────────────────────────────────────────────────────╮
            │ Flatnet System Status                               │
            ├─────────────────────────────────────────────────────┤
            │ Gateway      ● Running    10.100.1.1:8080           │
            │ CNI Plugin   ● Ready      10.87.1.0/24 (12 IPs)     │
            │ Healthcheck  ● Disabled   0 healthy, 0 unhealthy    │
            │ Prometheus   ○ Stopped    :9090                     │
            │ Grafana      ● Warning    日本語の長い長い長い長... │
            │ Loki         ○ Timeout    a.very.long.host.examp... │
            ╰─────────────────────────────────────────────────────╯

            Containers: 2 running

            """,
            Box(Report));
        Assert.All(Box(Report).Split('\n').Take(10), line => Assert.Equal(55, DisplayWidth.Of(line)));
    }

    [Fact]
    public void States_have_their_colours()
    {
        string box = Box(Report, color: true);

        Assert.Contains("\e[32m● Running   \e[0m", box, StringComparison.Ordinal);
        Assert.Contains("\e[32m● Ready     \e[0m", box, StringComparison.Ordinal);
        Assert.Contains("\e[33m● Disabled  \e[0m", box, StringComparison.Ordinal);
        Assert.Contains("\e[33m● Warning   \e[0m", box, StringComparison.Ordinal);
        Assert.Contains("\e[31m○ Stopped   \e[0m", box, StringComparison.Ordinal);
        Assert.Contains("\e[31m○ Timeout   \e[0m", box, StringComparison.Ordinal);
    }

    [Fact]
    public void The_footer_has_only_what_is_known()
    {
        Assert.EndsWith("╯\n", Box(Report with { Containers = 0 }), StringComparison.Ordinal);
        Assert.EndsWith("╯\n\nUptime: 5 days\n", Box(Report with { Containers = 0, Uptime = "5 days" }), StringComparison.Ordinal);
        Assert.EndsWith("╯\n\nContainers: 2 running\nUptime: 5 days\n", Box(Report with { Uptime = "5 days" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_others_does_no_harm_to_the_terminal()
    {
        Assert.DoesNotContain('\e', Box(Report with { Components = [new("Gateway", ComponentState.Error, "x\e[2J")], Uptime = "\e]0;x\a" }));
    }

    [Fact]
    public void Json_has_components_containers_uptime_and_the_gateway()
    {
        var output = new StringWriter();
        StatusJson.Write(output, Report with { Components = [Report.Components[0], Report.Components[3]] }, isCompact: false);

        Assert.Equal(
            """
            {
              "components": [
                {
                  "name": "Gateway",
                  "status": "Running",
                  "details": "10.100.1.1:8080"
                },
                {
                  "name": "Prometheus",
                  "status": "Stopped",
                  "details": ":9090"
                }
              ],
              "containers": 2,
              "uptime": null,
              "gateway_url": "http://10.100.1.1:8080"
            }

            """,
            output.ToString());
    }

    private static string Box(StatusReport report, bool color = false)
    {
        var output = new StringWriter();
        StatusBox.Write(output, report, color);
        return output.ToString();
    }
}
