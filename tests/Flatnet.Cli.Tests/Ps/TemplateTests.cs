using System.Collections.Immutable;
using System.Text.Json;
using Flatnet.Cli.Terminal;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Ps;

public sealed class TemplateTests
{
    private static readonly Container Web = Sample.Running("abc123def456", "web", "10.87.1.10") with
    {
        Names = ["web", "www"],
        Image = "docker.io/library/nginx:alpine",
        ImageId = "feedfeedfeedfeed",
        Command = ["nginx", "-g", "daemon off;"],
        Ports = [new PublishedPort("", 8080, 80, "tcp"), new PublishedPort("::1", 5000, 50, "udp", 3), new PublishedPort("", 0, 443, "tcp")],
        Labels = ImmutableDictionary<string, string>.Empty.Add("team", "a b").Add("app", "web"),
        Mounts = ["/data", "/etc/nginx"],
        Pod = Sample.Id("p0d"),
        PodName = "office",
        Restarts = 2,
        SizeWritten = 10,
        SizeWhole = 2000,
    };

    [Theory]
    [InlineData("{{.ID}}", "abc123def456")]
    [InlineData("{{.Name}}", "web")]
    [InlineData("{{ .Names }}", "web,www")]
    [InlineData("{{.Image}}", "docker.io/library/nginx:alpine")]
    [InlineData("{{.ImageID}}", "feedfeedfeed")]
    [InlineData("{{.Command}}", "nginx -g daemon off;")]
    [InlineData("{{.CreatedAt}}", "2026-01-15T11:50:00Z")]
    [InlineData("{{.RunningFor}}", "10 minutes ago")]
    [InlineData("{{.StartedAt}}", "2026-01-15T11:50:00Z")]
    [InlineData("{{.Status}}", "Up 10 minutes")]
    [InlineData("{{.State}}", "running")]
    [InlineData("[{{.ExitCode}}]", "[]")]
    [InlineData("{{.Ports}}", "0.0.0.0:8080->80/tcp, [::1]:5000-5002->50-52/udp, 443/tcp")]
    [InlineData("{{.Labels}}", "app=web,team=a b")]
    [InlineData("{{.Label \"team\"}}|{{.Label \"none\"}}|", "a b||")]
    [InlineData("{{.Networks}}", "flatnet")]
    [InlineData("{{.Mounts}}", "/data,/etc/nginx")]
    [InlineData("{{.Pid}}", "4711")]
    [InlineData("{{.Pod}} {{.PodName}} {{.Restarts}}", "p0d000000000 office 2")]
    [InlineData("{{.Size}}", "10B (virtual 2kB)")]
    [InlineData("{{.FlatnetIP}} {{.IPSource}} [{{.HostID}}]", "10.87.1.10 podman []")]
    [InlineData(@"{{.Name}}\t{{.State}}\n-", "web\trunning\n-")]
    [InlineData("{{json .Label}}", null)]
    [InlineData("{{json .Name}}", "\"web\"")]
    [InlineData("no field", "no field")]
    public async Task Every_field_can_be_printed(string template, string? expected)
    {
        using var line = new PsLine();
        line.Engine.Containers = [Web];

        Assert.Equal(expected is null ? 2 : 0, await line.RunAsync("--format", template));

        Assert.Equal(expected is null ? "" : expected + "\n", line.Out);
    }

    [Fact]
    public async Task No_trunc_prints_whole_ids()
    {
        using var line = new PsLine();
        line.Engine.Containers = [Web];

        await line.RunAsync("--no-trunc", "--format", "{{.ID}} {{.ImageID}}");

        Assert.Equal($"{Web.Id} feedfeedfeedfeed\n", line.Out);
    }

    [Theory]
    [InlineData("{{.Name}}", false, false, false)]
    [InlineData("{{.FlatnetIP}}", true, false, false)]
    [InlineData("{{.HostID}}", true, false, false)]
    [InlineData("{{.Size}}", false, true, false)]
    [InlineData("{{.PodName}}", false, false, true)]
    [InlineData("table {{.Restarts}}", false, false, true)]
    public async Task Only_what_the_template_names_is_found_out(string template, bool addresses, bool size, bool pods)
    {
        using var line = new PsLine();

        await line.RunAsync("--format", template);

        ListOptions request = line.Engine.Requests[^1];
        Assert.Equal((addresses, size, pods), (request.Addresses, request.Size, request.Pods));
    }

    [Fact]
    public async Task A_table_template_has_headers_and_columns()
    {
        using var line = new PsLine();

        await line.RunAsync("--format", @"table {{.Name}}\t{{.FlatnetIP}} ({{.IPSource}})\t{{.Label ""team""}}");

        Assert.Equal("NAME      FLATNET IP (IP SOURCE)   team\nforgejo   10.87.1.10 (podman)      \nnginx     10.87.1.11 (podman)      \n", line.Out);
    }

    [Fact]
    public async Task A_table_template_without_heading_has_rows_only()
    {
        using var line = new PsLine();

        await line.RunAsync("--noheading", "--format", @"table {{.Name}}\t{{.State}}");

        Assert.Equal("forgejo   running\nnginx     running\n", line.Out);
    }

    [Fact]
    public async Task Format_table_is_the_usual_table()
    {
        using var line = new PsLine();
        using var usual = new PsLine();

        await line.RunAsync("--format", "table");
        await usual.RunAsync();

        Assert.Equal(usual.Out, line.Out);
    }

    [Fact]
    public async Task A_template_wins_over_quiet()
    {
        using var line = new PsLine();

        await line.RunAsync("-q", "--format", "{{.Name}}");

        Assert.Equal("forgejo\nnginx\n", line.Out);
    }

    [Fact]
    public async Task Json_dot_is_the_row_of_the_document()
    {
        using var line = new PsLine();

        await line.RunAsync("--format", "{{json .}}", "-f", "name=nginx");

        JsonElement row = line.Json;
        Assert.Equal("10.87.1.11", row.GetProperty("flatnet_ip").GetString());
        Assert.Equal(1, line.Out.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("{{.Nme}}", "unknown field {{.Nme}} in the format", "Did you mean {{.Name}}?")]
    [InlineData("{{range .}}", "unknown field {{range .}} in the format", ".Label \"KEY\"")]
    [InlineData("{{.ID", "format \"{{.ID\": \"{{\" without \"}}\"", "")]
    [InlineData(" ", "--format is empty", "table, json")]
    public async Task A_bad_template_is_a_usage_error_that_names_the_fields(string template, string message, string advice)
    {
        using var line = new PsLine();

        Assert.Equal(2, await line.RunAsync("--format", template));

        Assert.Equal(message, line.Problem!.Message);
        Assert.Contains(advice, line.Problem.Advice, StringComparison.Ordinal);
        Assert.Empty(line.Engine.Requests);
    }

    [Fact]
    public async Task Fields_are_made_safe_for_a_terminal_and_kept_for_a_pipe()
    {
        Container container = Web with { Labels = ImmutableDictionary<string, string>.Empty.Add("k", "a\u001b[2Jb\nc") };
        using var terminal = new PsLine { Terminal = new TerminalInfo(true, true, false, 80, 24) };
        terminal.Engine.Containers = [container];
        using var pipe = new PsLine();
        pipe.Engine.Containers = [container];

        await terminal.RunAsync("--format", @"{{.Label ""k""}}\n");
        await pipe.RunAsync("--format", @"{{.Label ""k""}}\n");

        Assert.Equal("a[2Jbc\n\n", terminal.Out);
        Assert.Equal("a\u001b[2Jb\nc\n\n", pipe.Out);
    }

    [Fact]
    public async Task Without_rows_a_template_prints_nothing_and_a_table_its_headers()
    {
        using var bare = new PsLine();
        bare.Engine.Containers = [];
        using var table = new PsLine();
        table.Engine.Containers = [];

        await bare.RunAsync("--format", "{{.Name}}");
        await table.RunAsync("--format", "table {{.Name}}");

        Assert.Equal("", bare.Out);
        Assert.Equal("NAME\n", table.Out);
    }
}
