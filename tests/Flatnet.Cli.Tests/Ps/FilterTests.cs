using System.Collections.Immutable;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Ps;

public sealed class FilterTests
{
    private static readonly ImmutableArray<Container> Containers =
    [
        Sample.Running("aa11", "web", "10.87.1.10", "fd78::10") with { Image = "docker.io/library/nginx:alpine", Ports = [new PublishedPort("", 8080, 80, "tcp")] },
        Sample.Running("bb22", "web-db", "10.87.1.200") with { Image = "postgres:16", Health = "healthy", Labels = Labels("app", "db"), Ports = [new PublishedPort("", 0, 53, "udp", 3)] },
        Sample.Running("cc33", "batch") with { State = "paused", Image = "busybox", Labels = Labels("team", "night") },
        Sample.Exited("dd44", "old-web") with { Image = "nginx:1" },
        Sample.Running("ee55", "stopped-one") with { State = "stopped", Image = "busybox" },
        Sample.Running("ff66", "new") with { State = "created", Image = "busybox", StartedAt = null },
    ];

    private static ImmutableDictionary<string, string> Labels(string key, string value) => ImmutableDictionary<string, string>.Empty.Add(key, value);

    private static async Task<string> NamesAsync(PsLine line, params string[] arguments)
    {
        line.Engine.Containers = Containers;
        Assert.Equal(0, await line.RunAsync([.. arguments, "--sort", "id", "--format", "{{.Name}}"]));
        return line.Out.TrimEnd('\n').Replace('\n', ',');
    }

    [Theory]
    [InlineData("web,web-db", "-f", "name=web")]
    [InlineData("", "-f", "name=WEB")]
    [InlineData("web,web-db,old-web", "-a", "-f", "name=web")]
    [InlineData("web", "-f", "name~=^web$")]
    [InlineData("web,old-web", "-a", "-f", "name~=web$")]
    [InlineData("web", "-f", "id=aa1")]
    [InlineData("web-db", "-f", "id=b22")]
    [InlineData("web", "-f", "image=nginx")]
    [InlineData("web,old-web", "-a", "-f", "image=nginx")]
    [InlineData("web,web-db", "-f", "state=running")]
    [InlineData("old-web,stopped-one", "-f", "state=exited")]
    [InlineData("old-web,stopped-one", "-f", "status=stopped")]
    [InlineData("stopped-one", "-f", "status=STOP")]
    [InlineData("batch,new", "-f", "status=paused", "-f", "status=created")]
    [InlineData("web", "-f", "ip=10.87.1.10")]
    [InlineData("web", "-f", "ip=fd78::10")]
    [InlineData("web", "-f", "ip=10.87.1.0/25")]
    [InlineData("web", "-f", "ip=10.87.1.77/25")]
    [InlineData("web,web-db", "-f", "ip=10.87.1.10", "-f", "ip=10.87.1.200")]
    [InlineData("web,web-db", "-a", "-f", "flatnet=true")]
    [InlineData("batch,old-web,stopped-one,new", "-a", "-f", "flatnet=false")]
    [InlineData("web,web-db", "-f", "name=web", "-f", "name=batch")]
    [InlineData("web-db", "-f", "name=web", "-f", "image=postgres")]
    [InlineData("old-web", "-f", "name=web", "-f", "state=exited")]
    [InlineData("web", "-f", "nginx")]
    [InlineData("web-db", "-f", "bb2")]
    [InlineData("web,web-db", "-f", "nginx", "-f", "postgres")]
    [InlineData("web-db", "-f", "health=healthy")]
    [InlineData("web", "-f", "health=none")]
    [InlineData("web,web-db", "-f", "health=none", "-f", "health=healthy")]
    [InlineData("web", "-f", "label!=app")]
    [InlineData("web-db", "-f", "label!=app=web", "-f", "state=running", "-f", "postgres")]
    [InlineData("web,old-web,stopped-one,new", "-a", "-f", "label!=app", "-f", "label!=team")]
    [InlineData("web,web-db,old-web,stopped-one,new", "-a", "-f", "label!=team=night")]
    [InlineData("web", "-f", "publish=8080")]
    [InlineData("web", "-f", "publish=80/tcp")]
    [InlineData("web", "-f", "publish=8000-9000")]
    [InlineData("", "-f", "publish=53/udp")]
    [InlineData("", "-f", "publish=8080/udp")]
    [InlineData("web-db", "-f", "expose=55/udp")]
    [InlineData("web", "-f", "expose=80")]
    [InlineData("", "-f", "expose=8080")]
    public async Task Own_filters_choose(string names, params string[] arguments)
    {
        using var line = new PsLine();

        Assert.Equal(names, await NamesAsync(line, arguments));
    }

    [Theory]
    [InlineData("label=app=web", "label", "app=web")]
    [InlineData("exited=137", "exited", "137")]
    [InlineData("ancestor=nginx", "ancestor", "nginx")]
    [InlineData("before=web", "before", "web")]
    [InlineData("since=web", "since", "web")]
    [InlineData("until=1h", "until", "1h")]
    [InlineData("volume=/data", "volume", "/data")]
    [InlineData("network=flatnet", "network", "flatnet")]
    [InlineData("pod=office", "pod", "office")]
    [InlineData("restart-policy=always", "restart-policy", "always")]
    [InlineData("command=nginx", "command", "nginx")]
    [InlineData("should-start-on-boot=true", "should-start-on-boot", "true")]
    public async Task Others_are_the_engines(string filter, string key, string value)
    {
        using var line = new PsLine();
        line.Engine.OwnFilter = container => container.Names[0] == "web";

        Assert.Equal("web", await NamesAsync(line, "-f", filter));

        KeyValuePair<string, ImmutableArray<string>> passed = Assert.Single(Assert.Single(line.Engine.Requests).Filters);
        Assert.Equal(key, passed.Key);
        Assert.Equal(value, Assert.Single(passed.Value));
    }

    [Fact]
    public async Task Several_labels_go_to_the_engine_together()
    {
        using var line = new PsLine();

        await NamesAsync(line, "-f", "label=a", "-f", "label=b=c", "-f", "name=web");

        Assert.Equal("a b=c", string.Join(' ', Assert.Single(line.Engine.Requests).Filters["label"]));
    }

    [Theory]
    [InlineData("exited=137")]
    [InlineData("state=exited")]
    [InlineData("status=paused")]
    public async Task Filters_by_state_ask_for_all(string filter)
    {
        using var line = new PsLine();

        await line.RunAsync("-q", "-f", filter);

        Assert.True(Assert.Single(line.Engine.Requests).All);
    }

    [Theory]
    [InlineData("nme=web", "unknown filter \"nme\"", "Did you mean \"name\"?")]
    [InlineData("colour=red", "unknown filter \"colour\"", "Filters: ancestor, before, command")]
    [InlineData("=web", "unknown filter \"\"", "Filters: ")]
    [InlineData("name=", "a value is missing", "KEY=VALUE")]
    [InlineData("label=", "a value is missing", "KEY=VALUE")]
    [InlineData("", "a value is missing", "KEY=VALUE")]
    [InlineData("name~=(", "not a usable regular expression", "")]
    [InlineData("name~=(a)\\1", "not a usable regular expression", "")]
    [InlineData("state=runing", "no such state", "running")]
    [InlineData("ip=10.87.1", "neither an address nor a subnet", "10.87.1.0/24")]
    [InlineData("ip=10.87.1.0/33", "neither an address nor a subnet", "10.87.1.0/24")]
    [InlineData("flatnet=maybe", "expected true or false", "")]
    [InlineData("exited=bad", "an exit code is a number", "")]
    [InlineData("health=good", "expected starting, healthy, unhealthy or none", "")]
    [InlineData("publish=web", "not a port", "80, 53/udp")]
    [InlineData("publish=9-8", "not a port", "80, 53/udp")]
    [InlineData("expose=80/icmp", "not a port", "80, 53/udp")]
    [InlineData("expose=70000", "not a port", "80, 53/udp")]
    public async Task A_bad_filter_is_a_usage_error(string filter, string message, string advice)
    {
        using var line = new PsLine();

        Assert.Equal(2, await line.RunAsync("--filter", filter));

        Assert.Contains(message, line.Problem!.Message, StringComparison.Ordinal);
        Assert.Contains(advice, line.Problem.Advice, StringComparison.Ordinal);
        Assert.Empty(line.Engine.Requests);
    }

    [Fact]
    public async Task A_filter_with_addresses_reads_them_although_they_are_not_shown()
    {
        using var line = new PsLine();
        line.Engine.SocketPath = null;
        line.WriteLeases((Sample.Id("cc33"), "10.87.1.33"));

        Assert.Equal("batch", await NamesAsync(line, "-f", "ip=10.87.1.33", "-f", "state=paused"));
    }
}
