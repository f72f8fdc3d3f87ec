using System.Text.Json.Nodes;
using Flatnet.Command.Tests.Harness;

namespace Flatnet.Command.Tests.Ps;

/// <summary>The published command lists the containers of a real Podman.</summary>
public sealed class PsTests : IClassFixture<PsTests.Containers>
{
    private readonly Containers _containers;
    private readonly PodmanService _podman;

    public PsTests(Containers containers)
    {
        _containers = containers;
        _podman = containers.Podman;
    }

    [HostFact]
    public void Socket_and_command_line_show_the_same_table()
    {
        string overSocket = Ps(_podman.SocketEnvironment, "--all", "--sort", "names");
        string overCommand = Ps(_podman.CommandEnvironment, "--all", "--sort", "names");

        string[] lines = overSocket.Split('\n');
        Assert.Matches("^CONTAINER ID +NAME +IMAGE +FLATNET IP +STATUS$", lines[0]);
        Assert.Matches($"^{_containers.Failed[..12]} +failed +box:1 +- +Exited \\(3\\) .* ago$", lines[1]);
        Assert.Matches($"^{_containers.Web[..12]} +web +box:1 +{_containers.Address} +Up ", lines[2]);
        Assert.Equal("Total: 2 containers, 1 Flatnet IPs allocated", lines[4]);
        Assert.Equal(lines.Select(WithoutAges), overCommand.Split('\n').Select(WithoutAges));
    }

    [HostFact]
    public void Quiet_lists_what_podman_lists()
    {
        // In any order: the command knows when a container was made to the second only.
        Assert.Equal(_podman.Run("ps", "-q").Split('\n').Order(), Ps(_podman.SocketEnvironment, "-q").Split('\n').Order());
        Assert.Equal(_podman.Run("ps", "-a", "-q", "--no-trunc").Split('\n').Order(), Ps(_podman.CommandEnvironment, "-a", "-q", "--no-trunc").Split('\n').Order());
    }

    [HostTheory]
    [InlineData("web", "label=app=web")]
    [InlineData("failed", "label!=app")]
    [InlineData("failed", "exited=3")]
    [InlineData("web", "health=none", "name=web")]
    [InlineData("web", "ancestor=localhost/box:1", "state=running")]
    [InlineData("failed", "before=web")]
    [InlineData("web", "since=failed")]
    [InlineData("failed,web", "until=2100-01-01T00:00:00Z")]
    [InlineData("web", "network=flatnet")]
    [InlineData("web", "volume=/usr:/data")]
    [InlineData("web", "flatnet=true")]
    [InlineData("web", "ip=10.98.7.0/24")]
    [InlineData("web", "publish=18080")]
    [InlineData("failed", "status=exited")]
    public void Filters_choose_over_socket_and_command_line(string names, params string[] filters)
    {
        string[] arguments = ["-a", "--sort", "names", "--format", "{{.Name}}", .. filters.SelectMany(filter => (string[])["-f", filter])];

        Assert.Equal(names, Ps(_podman.SocketEnvironment, arguments).Replace('\n', ','));
        Assert.Equal(names, Ps(_podman.CommandEnvironment, arguments).Replace('\n', ','));
    }

    [HostFact]
    public void Json_tells_the_source_of_the_address()
    {
        JsonNode document = JsonNode.Parse(Ps(_podman.SocketEnvironment, "--json"))!;

        JsonNode web = Assert.Single(document["containers"]!.AsArray())!;
        Assert.Equal(_containers.Web, (string?)web["id_full"]);
        Assert.Equal(_containers.Address, (string?)web["flatnet_ip"]);
        Assert.Equal("podman", (string?)web["ip_source"]);
        Assert.Equal("web", (string?)web["labels"]!["app"]);
    }

    [HostFact]
    public void A_stale_lease_is_a_warning_and_a_conflict_is_told()
    {
        string leases = $"{_podman.CommandDirectory}/ipam.json";
        File.WriteAllText(leases, $$"""{"allocations":{"{{_containers.Web}}":"10.98.7.99","{{new string('d', 64)}}":"10.98.7.98"} }""");
        Dictionary<string, string> environment = new(_podman.SocketEnvironment) { ["FLATNET_IPAM_PATH"] = leases };

        CommandResult table = FlatnetProgram.Run(environment, "ps").ExpectSuccess();
        CommandResult json = FlatnetProgram.Run(environment, "ps", "--json").ExpectSuccess();

        Assert.Contains("Warning: stale allocation 10.98.7.98 → dddddddddddd (ipam)", table.Error, StringComparison.Ordinal);
        Assert.Contains($"sources disagree about the address of web: podman {_containers.Address}, ipam 10.98.7.99", json.Output, StringComparison.Ordinal);
        Assert.Contains($"\"flatnet_ip\": \"{_containers.Address}\"", json.Output, StringComparison.Ordinal);
    }

    [HostFact]
    public void Watching_shows_what_starts_and_ends_with_Ctrl_C()
    {
        using RunningProgram watch = FlatnetProgram.Start(_podman.SocketEnvironment, "ps", "--watch", "600", "--format", "{{.Name}}");
        watch.WaitForOutput("web\n");

        // The list is made before the events are listened to, and nothing tells when that begins.
        Thread.Sleep(3000);
        _podman.Start("late", [], "sleep", "1000");
        try
        {
            watch.WaitForOutput("late\n");
            watch.Signal("INT");

            Assert.Equal(0, watch.WaitForExit().ExitCode);
            Assert.DoesNotContain("\u001b", watch.Output, StringComparison.Ordinal);
        }
        finally
        {
            _podman.Remove("late");
        }
    }

    [HostFact]
    public void Without_podman_it_ends_with_1()
    {
        Dictionary<string, string> environment = new() { ["CONTAINER_HOST"] = "unix:///nonexistent/podman.sock" };

        CommandResult result = FlatnetProgram.Run(environment, "ps", "--json");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("podman_absent", (string?)JsonNode.Parse(result.Output)!["error"]!["code"]);
        Assert.StartsWith("Error: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("Make sure Podman is installed and running.", result.Error, StringComparison.Ordinal);
    }

    private static string Ps(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        FlatnetProgram.Run(environment, ["ps", .. arguments]).ExpectSuccess().Text;

    // The second list is made later than the first.
    private static string WithoutAges(string line) => System.Text.RegularExpressions.Regex.Replace(line, "(Up|\\)) .*", "$1");

    /// <summary>One container that runs and one that has failed.</summary>
    public sealed class Containers : IDisposable
    {
        public Containers()
        {
            Podman.AddNetwork(Networks.Bridge("flatnet", "10.98.7.0/24"));
            Failed = Podman.Start("failed", [], "sh", "-c", "exit 3");
            Podman.Run("wait", "failed");
            Web = Podman.Start("web", ["--network", "flatnet", "--label", "app=web", "--volume", "/usr:/data:ro", "--publish", "18080:80"], "sleep", "1000");
            Address = Podman.Run("inspect", "--format", "{{.NetworkSettings.Networks.flatnet.IPAddress}}", "web");
        }

        public PodmanService Podman { get; } = new();

        public string Failed { get; }

        public string Web { get; }

        public string Address { get; }

        public void Dispose() => Podman.Dispose();
    }
}
