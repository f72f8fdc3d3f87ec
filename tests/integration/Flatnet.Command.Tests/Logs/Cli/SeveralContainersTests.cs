using System.Text.Json.Nodes;
using Flatnet.Command.Tests.Harness;

namespace Flatnet.Command.Tests.Logs.Cli;

/// <summary><c>flatnet logs</c> of several containers at once.</summary>
public sealed class SeveralContainersTests(SeveralContainersTests.Containers containers) : IClassFixture<SeveralContainersTests.Containers>
{
    // web1 writes the odd numbers and web-two the even ones, in turn.
    private static readonly string[] Expected =
        [.. Enumerable.Range(1, 10).Select(number => number % 2 == 1 ? $"web1    | {number}" : $"web-two | {number}")];

    [HostTheory]
    [InlineData("web1", "web-two")]
    [InlineData("web*")]
    [InlineData("/^web/")]
    [InlineData("label:tier=front")]
    [InlineData("container:web1", "container:web-two", "web1")]
    public void Lines_are_merged_in_the_order_of_time(params string[] targets)
    {
        foreach (IReadOnlyDictionary<string, string> environment in containers.Environments)
        {
            Assert.Equal(Expected, Logs(environment, targets).Text.Split('\n'));
            Assert.Equal(Expected[4..], Logs(environment, [.. targets, "--tail", "3"]).Text.Split('\n'));
            Assert.Equal(Expected, Logs(environment, [.. targets, "--follow"]).Text.Split('\n'));
        }
    }

    [HostFact]
    public void Prefixes_can_be_left_out_and_put_on()
    {
        IReadOnlyDictionary<string, string> environment = containers.Podman.SocketEnvironment;

        Assert.Equal(Enumerable.Range(1, 10).Select(number => $"{number}"), Logs(environment, "web*", "--prefix=false").Text.Split('\n'));
        Assert.Equal("web1 | 9", Logs(environment, "web1", "--prefix", "--tail", "1").Text);
    }

    [HostFact]
    public void Json_names_the_container_of_each_line()
    {
        JsonNode document = JsonNode.Parse(Logs(containers.Podman.SocketEnvironment, "web*", "--json").Output)!;

        Assert.Equal("web-two,web1", (string?)document["target"]);
        Assert.Equal(["web1", "web-two"], document["entries"]!.AsArray().Take(2).Select(entry => (string?)entry!["target"]));
    }

    [HostFact]
    public void A_pattern_that_nothing_matches_is_an_error()
    {
        CommandResult result = FlatnetProgram.Run(containers.Podman.SocketEnvironment, "logs", "data*");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("Error: No container matches 'data*'.", result.Error, StringComparison.Ordinal);
    }

    [HostFact]
    public void A_wrong_pattern_is_a_usage_error()
    {
        CommandResult result = FlatnetProgram.Run(containers.Podman.SocketEnvironment, "logs", "/(/");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("Error: '/(/' is not a regular expression", result.Error, StringComparison.Ordinal);
    }

    private static CommandResult Logs(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        return FlatnetProgram.Run(environment, ["logs", .. arguments]).ExpectSuccess();
    }

    /// <summary>Two containers that take turns.</summary>
    public sealed class Containers : IDisposable
    {
        public Containers()
        {
            string turns = Podman.Outside("/var/lib/turns");
            Directory.CreateDirectory(turns);
            string[] options = ["--label", "tier=front", "--volume", "/var/lib/turns:/turns"];
            Podman.Start("web1", options, "sh", "-c", Turns(first: 1));
            Podman.Start("web-two", options, "sh", "-c", Turns(first: 2));
            Podman.Run("wait", "web1", "web-two");
        }

        public PodmanService Podman { get; } = new();

        public IReadOnlyDictionary<string, string>[] Environments => [Podman.SocketEnvironment, Podman.CommandEnvironment];

        public void Dispose() => Podman.Dispose();

        // The stamp is the monitor's, so the next one waits until the line has surely been read.
        private static string Turns(int first) =>
            $"for i in {string.Join(' ', Enumerable.Range(0, 5).Select(turn => first + (2 * turn)))}; do while [ ! -e /turns/$((i-1)) ] && [ $i -gt 1 ]; do sleep 0.01; done; echo $i; sleep 0.05; echo > /turns/$i; done";
    }
}
