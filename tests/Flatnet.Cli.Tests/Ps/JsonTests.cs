using System.Collections.Immutable;
using System.Text.Json;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Ps;

public sealed class JsonTests
{
    [Fact]
    public async Task Json_has_every_field()
    {
        using var line = new PsLine();
        line.Engine.Containers =
        [
            Sample.Running("abc123def456", "受付", "10.87.1.10") with
            {
                Names = ["受付", "desk"],
                Image = "ghcr.io/team/a-very-long-name-of-an-image:latest",
                ImageId = "feed",
                Command = ["sh", "-c", "echo \"hi\""],
                Health = "starting",
                Ports = [new PublishedPort("", 8080, 80, "tcp")],
                Labels = ImmutableDictionary<string, string>.Empty.Add("team", "<b>\u001b[2J").Add("app", "web"),
            },
        ];

        Assert.Equal(0, await line.RunAsync("--json"));

        Assert.Equal(
            """
            {
              "containers": [
                {
                  "id": "abc123def456",
                  "id_full": "abc123def4560000000000000000000000000000000000000000000000000000",
                  "name": "受付",
                  "names": [
                    "受付",
                    "desk"
                  ],
                  "image": "ghcr.io/team/a-very-long-name-of-an-image:latest",
                  "image_id": "feed",
                  "command": [
                    "sh",
                    "-c",
                    "echo \"hi\""
                  ],
                  "flatnet_ip": "10.87.1.10",
                  "ip_source": "podman",
                  "ip_conflicts": [],
                  "status": "Up 10 minutes (starting)",
                  "state": "running",
                  "health": "starting",
                  "exit_code": null,
                  "created_at": "2026-01-15T11:50:00Z",
                  "started_at": "2026-01-15T11:50:00Z",
                  "exited_at": null,
                  "ports": [
                    {
                      "host_ip": "",
                      "host_port": 8080,
                      "container_port": 80,
                      "protocol": "tcp",
                      "range": 1
                    }
                  ],
                  "labels": {
                    "app": "web",
                    "team": "<b>\u001B[2J"
                  },
                  "networks": [
                    {
                      "name": "flatnet",
                      "addresses": [
                        "10.87.1.10"
                      ],
                      "mac": "0a:58:0a:57:01:0a"
                    }
                  ],
                  "host_id": null
                }
              ],
              "total_containers": 1,
              "flatnet_ips_allocated": 1,
              "warnings": [],
              "sources": {
                "podman": "ok",
                "ipam": "absent",
                "registry": "absent"
              }
            }

            """,
            line.Out);
    }

    [Fact]
    public async Task Json_without_an_address_has_a_dash_and_null()
    {
        using var line = new PsLine();

        await line.RunAsync("--json", "-f", "state=exited");

        JsonElement row = Assert.Single(line.Json.GetProperty("containers").EnumerateArray());
        Assert.Equal("-", row.GetProperty("flatnet_ip").GetString());
        Assert.Equal(JsonValueKind.Null, row.GetProperty("ip_source").ValueKind);
        Assert.Equal(137, row.GetProperty("exit_code").GetInt32());
        Assert.Equal("2026-01-15T11:57:00Z", row.GetProperty("exited_at").GetString());
    }

    [Theory]
    [InlineData("--json", "--quiet")]
    [InlineData("--format", "json")]
    [InlineData("--json", "--format", "json")]
    public async Task Json_wins_over_quiet_and_has_two_spellings(params string[] arguments)
    {
        using var line = new PsLine();

        Assert.Equal(0, await line.RunAsync(arguments));

        Assert.Equal(2, line.Json.GetProperty("total_containers").GetInt32());
    }

    [Fact]
    public async Task Json_without_containers_is_a_whole_document()
    {
        using var line = new PsLine();
        line.Engine.Containers = [];

        await line.RunAsync("--json");

        Assert.Empty(line.Json.GetProperty("containers").EnumerateArray());
        Assert.Equal(0, line.Json.GetProperty("flatnet_ips_allocated").GetInt32());
    }

    [Fact]
    public async Task Json_tells_conflicts_warnings_and_sources()
    {
        using var line = new PsLine();
        line.WriteLeases((Sample.Id("abc123def456"), "10.87.1.77"));

        await line.RunAsync("--json");

        JsonElement conflict = Assert.Single(line.Json.GetProperty("containers")[0].GetProperty("ip_conflicts").EnumerateArray());
        Assert.Equal("10.87.1.77", conflict.GetProperty("ip").GetString());
        Assert.Equal("ipam", conflict.GetProperty("source").GetString());
        Assert.Equal(
            "sources disagree about the address of forgejo: podman 10.87.1.10, ipam 10.87.1.77",
            Assert.Single(line.Json.GetProperty("warnings").EnumerateArray()).GetString());
        Assert.Equal("ok", line.Json.GetProperty("sources").GetProperty("ipam").GetString());
        Assert.Empty(line.Error);
    }

    [Fact]
    public async Task Json_has_sizes_pods_and_namespaces_when_asked_for()
    {
        using var line = new PsLine();
        line.Engine.Containers = [Sample.Running("a1", "web") with { SizeWritten = 5, SizeWhole = 7, Pod = "p", PodName = "office", Restarts = 2 }];

        await line.RunAsync("--json", "--size", "--pod");

        JsonElement row = line.Json.GetProperty("containers")[0];
        Assert.Equal(5, row.GetProperty("size_written").GetInt64());
        Assert.Equal(7, row.GetProperty("size_total").GetInt64());
        Assert.Equal("office", row.GetProperty("pod_name").GetString());
        Assert.Equal(2, row.GetProperty("restarts").GetInt32());
    }
}
