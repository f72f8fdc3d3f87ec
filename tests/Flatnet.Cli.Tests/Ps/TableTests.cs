using Flatnet.Cli.Ps.Formats;
using Flatnet.Cli.Terminal;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Ps;

public sealed class TableTests
{
    [Fact]
    public async Task Ps_lists_what_runs_with_addresses_and_a_total()
    {
        using var line = new PsLine();

        Assert.Equal(0, await line.RunAsync());

        Assert.Equal(
            """
            CONTAINER ID   NAME      IMAGE          FLATNET IP   STATUS
            abc123def456   forgejo   forgejo:1.21   10.87.1.10   Up 5 days
            789ffe012abc   nginx     nginx:alpine   10.87.1.11   Up 2 hours (healthy)

            Total: 2 containers, 2 Flatnet IPs allocated

            """,
            line.Out);
        Assert.Empty(line.Error);
    }

    [Fact]
    public async Task Ps_all_shows_a_dash_without_an_address()
    {
        using var line = new PsLine();

        Assert.Equal(0, await line.RunAsync("-a"));

        Assert.Equal(
            """
            CONTAINER ID   NAME       IMAGE          FLATNET IP   STATUS
            abc123def456   forgejo    forgejo:1.21   10.87.1.10   Up 5 days
            345aaa678bbb   postgres   postgres:16    -            Exited (137) 3 minutes ago
            789ffe012abc   nginx      nginx:alpine   10.87.1.11   Up 2 hours (healthy)

            Total: 3 containers, 2 Flatnet IPs allocated

            """,
            line.Out);
    }

    [Fact]
    public async Task Japanese_names_take_two_columns_each()
    {
        using var line = new PsLine();
        line.Engine.Containers = [Sample.Running("a1", "受付", "10.87.1.2"), Sample.Running("a2", "web", "10.87.1.3")];

        await line.RunAsync("--sort", "id");

        Assert.Equal(
            """
            CONTAINER ID   NAME   IMAGE            FLATNET IP   STATUS
            a10000000000   受付   busybox:latest   10.87.1.2    Up 10 minutes
            a20000000000   web    busybox:latest   10.87.1.3    Up 10 minutes

            Total: 2 containers, 2 Flatnet IPs allocated

            """,
            line.Out);
    }

    [Fact]
    public async Task One_container_is_still_in_the_plural()
    {
        using var line = new PsLine();

        await line.RunAsync("-f", "name=nginx");

        Assert.EndsWith("\nTotal: 1 containers, 1 Flatnet IPs allocated\n", line.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_rows_there_is_one_line()
    {
        using var line = new PsLine();
        line.Engine.Containers = [];

        Assert.Equal(0, await line.RunAsync());

        Assert.Equal("No containers found.\n", line.Out);
    }

    [Fact]
    public async Task Noheading_leaves_rows_only()
    {
        using var line = new PsLine();

        await line.RunAsync("--noheading");

        Assert.Equal(
            """
            abc123def456   forgejo   forgejo:1.21   10.87.1.10   Up 5 days
            789ffe012abc   nginx     nginx:alpine   10.87.1.11   Up 2 hours (healthy)

            """,
            line.Out);
    }

    [Fact]
    public async Task Colour_dims_the_total_and_nothing_else()
    {
        using var line = new PsLine { Terminal = new TerminalInfo(true, true, true, 80, 24) };

        await line.RunAsync("-f", "name=nginx");

        string[] lines = line.Out.Split('\n');
        Assert.Equal("\u001b[2mTotal: 1 containers, 1 Flatnet IPs allocated\u001b[0m", lines[3]);
        Assert.DoesNotContain('\u001b', string.Concat(lines[..3]));
    }

    [Fact]
    public async Task Colour_dims_the_line_about_no_containers()
    {
        using var line = new PsLine { Terminal = new TerminalInfo(true, true, true, 80, 24) };
        line.Engine.Containers = [];

        await line.RunAsync();

        Assert.Equal("\u001b[2mNo containers found.\u001b[0m\n", line.Out);
    }

    [Theory]
    [InlineData("", "-")]
    [InlineData("nginx:alpine", "nginx:alpine")]
    [InlineData("ghcr.io/team/tools/app:1", "app:1")]
    [InlineData("localhost:5000/app", "app")]
    [InlineData("quay.io/x/abcdefghijklmnopqrstuvwxy", "abcdefghijklmnopqrstuvwxy")]
    [InlineData("quay.io/x/abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuv...")]
    [InlineData("docker.io/library/nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "nginx@sha256:0123456789ab")]
    [InlineData("ghcr.io/long/a-very-long-name-of-an-image@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "a-very-long-name-of-an-image@sha256:0123456789ab")]
    public void Images_are_shortened(string reference, string shown) => Assert.Equal(shown, CellText.OrDash(ImageText.Shorten(reference)));

    [Fact]
    public async Task No_trunc_shows_whole_ids_and_images()
    {
        using var line = new PsLine();

        await line.RunAsync("--no-trunc", "--noheading", "-f", "name=nginx");

        Assert.Equal($"{Sample.Id("789ffe012abc")}   nginx   docker.io/library/nginx:alpine   10.87.1.11   Up 2 hours (healthy)\n", line.Out);
    }

    [Fact]
    public async Task What_a_terminal_would_obey_does_not_reach_it()
    {
        using var line = new PsLine();
        line.Engine.Containers = [Sample.Running("a1", "we\u001b]0;x\u0007b\n\u009bJ", "10.87.1.2") with { Image = "a\u001b[2Jb\tc" }];

        await line.RunAsync("--noheading");

        Assert.Equal("a10000000000   we]0;xb J   a[2Jb c   10.87.1.2   Up 10 minutes\n", line.Out);
    }

    [Fact]
    public async Task Size_adds_a_column_and_asks_for_it()
    {
        using var line = new PsLine();
        line.Engine.Containers = [Sample.Running("a1", "web", "10.87.1.2") with { SizeWritten = 1234, SizeWhole = 5_310_000 }];

        await line.RunAsync("-s");

        string[] lines = line.Out.Split('\n');
        Assert.EndsWith("STATUS          SIZE", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("Up 10 minutes   1.23kB (virtual 5.31MB)", lines[1], StringComparison.Ordinal);
        Assert.True(Assert.Single(line.Engine.Requests).Size);
    }

    [Theory]
    [InlineData(0L, "0B")]
    [InlineData(999L, "999B")]
    [InlineData(1000L, "1kB")]
    [InlineData(12_345L, "12.3kB")]
    [InlineData(123_456L, "123kB")]
    [InlineData(999_900L, "1MB")]
    [InlineData(9_996_000L, "10MB")]
    [InlineData(long.MaxValue, "9.22EB")]
    public void Sizes_have_three_digits(long bytes, string shown) => Assert.Equal($"{shown} (virtual 0B)", SizeText.Of(bytes, 0));

    [Fact]
    public async Task Pod_adds_its_columns_and_asks_for_them()
    {
        using var line = new PsLine();
        line.Engine.Containers = [Sample.Running("a1", "web", "10.87.1.2") with { Pod = Sample.Id("feed"), PodName = "office" }, Sample.Running("a2", "db")];

        await line.RunAsync("--pod", "--sort", "id");

        string[] lines = line.Out.Split('\n');
        Assert.EndsWith("STATUS          POD ID         PODNAME", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("Up 10 minutes   feed00000000   office", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("Up 10 minutes   -              -", lines[2], StringComparison.Ordinal);
        Assert.All(line.Engine.Requests, request => Assert.True(request.Pods));
    }

    [Fact]
    public async Task Ns_shows_the_namespaces_of_the_process()
    {
        using var line = new PsLine();
        Dictionary<string, string> kinds = new() { ["mnt"] = "4026532201", ["net"] = "4026532204", ["pid"] = "4026532203", ["user"] = "1", ["uts"] = "2", ["ipc"] = "3", ["cgroup"] = "4" };
        line.Engine.Containers = [Sample.Running("a1", "web", "10.87.1.2") with { Namespaces = System.Collections.Immutable.ImmutableDictionary.CreateRange(kinds) }];

        await line.RunAsync("--ns");

        Assert.StartsWith(
            """
            CONTAINER ID   NAME   PID    CGROUPNS   IPC   MNT          NET          PIDNS        USERNS   UTS
            a10000000000   web    4711   4          3     4026532201   4026532204   4026532203   1        2

            """,
            line.Out,
            StringComparison.Ordinal);
        Assert.All(line.Engine.Requests, request => Assert.True(request.Namespaces));
    }

    [Fact]
    public async Task A_container_without_a_name_has_a_dash()
    {
        using var line = new PsLine();
        line.Engine.Containers = [new Container { Id = Sample.Id("a1"), State = "running" }];

        await line.RunAsync("--noheading");

        Assert.Equal("a10000000000   -   -   -   Up\n", line.Out);
    }
}
