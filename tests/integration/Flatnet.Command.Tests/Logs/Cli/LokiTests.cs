using System.Text.Json.Nodes;
using Flatnet.Command.Tests.Harness;
using Flatnet.Loki.TestServer;

namespace Flatnet.Command.Tests.Logs.Cli;

/// <summary><c>flatnet logs</c> of a component that logs to Loki.</summary>
public sealed class LokiTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly Dictionary<string, string> Gateway = new() { ["job"] = "gateway", ["component"] = "openresty" };

    private readonly LokiTestServer _loki = new();

    private long _last;

    private Dictionary<string, string> Environ => new()
    {
        ["FLATNET_LOKI_URL"] = _loki.Url.ToString(),
        ["CONTAINER_HOST"] = "unix:///nonexistent/podman.sock",
    };

    private string Server => _loki.Url.ToString().TrimEnd('/');

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _loki.DisposeAsync();

    [Fact]
    public void A_component_is_read_from_loki_with_times()
    {
        Add("GET / 200", "GET /missing 404", "upstream error");

        string[] lines = Logs("Gateway", "--tail", "2").ExpectSuccess().Text.Split('\n');

        Assert.Equal(2, lines.Length);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z GET /missing 404$", lines[0]);
        Assert.EndsWith("Z upstream error", lines[1], StringComparison.Ordinal);
        Assert.Equal("upstream error\n", Logs("gateway", "--grep", "err[o]r", "--no-timestamps").ExpectSuccess().Output);
    }

    [Fact]
    public void Json_carries_the_labels_of_the_stream()
    {
        Add("GET / 200");

        JsonNode document = JsonNode.Parse(Logs("gateway", "--json").ExpectSuccess().Output)!;

        Assert.Equal("loki", (string?)document["source"]);
        Assert.Equal("openresty", (string?)document["entries"]![0]!["labels"]!["component"]);
    }

    [Fact]
    public void History_and_live_lines_are_one_log()
    {
        Add("one", "two");
        using RunningProgram logs = FlatnetProgram.Start(Environ, "logs", "gateway", "-f", "--no-timestamps");
        logs.WaitForOutput("two\n");
        Add("three");
        logs.WaitForOutput("three\n");
        logs.Signal("INT");

        CommandResult result = logs.WaitForExit();
        Assert.Equal(130, result.ExitCode);
        Assert.Equal("one\ntwo\nthree\n", result.Output);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void A_hundred_broken_tails_lose_and_repeat_nothing()
    {
        const int cuts = 100;
        const int lines = 20;
        Add("0");
        using RunningProgram logs = FlatnetProgram.Start(Environ, "logs", "gateway", "-f", "--no-timestamps", "--tail", "all");
        int next = 1;
        for (int cut = 0; cut < cuts; cut++)
        {
            Eventually.True(() => _loki.TailsOpened > cut, "the log is followed");
            AddNumbers(lines / 2);
            // After an end by Loki's time limit it connects at once; after the others it waits longer each time.
            _loki.CutTails(cut % 25 == 10 ? (TailCut)(1 + (cut / 25 % 3)) : TailCut.DurationReached);
            AddNumbers(lines / 2);
        }

        logs.WaitForOutput($"\n{next - 1}\n");
        logs.Signal("INT");

        CommandResult result = logs.WaitForExit();
        Assert.Equal(130, result.ExitCode);
        Assert.Equal(Enumerable.Range(0, 1 + (cuts * lines)).Select(number => $"{number}"), result.Text.Split('\n'));
        Assert.InRange(_loki.TailsOpened, cuts, int.MaxValue);

        void AddNumbers(int count)
        {
            Add([.. Enumerable.Range(next, count).Select(number => $"{number}")]);
            next += count;
        }
    }

    [Theory]
    [InlineData(400, "Error: Loki: {0} answered 400 Answer: no good")]
    [InlineData(401, "Error: Loki: {0} answered 401 Answer: no good")]
    [InlineData(403, "Error: Loki: {0} answered 403 Answer: no good")]
    [InlineData(404, "Error: logs of 'gateway' are only in Loki, which is unavailable ({0} answered 404 Answer: no good)")]
    [InlineData(429, "Error: logs of 'gateway' are only in Loki, which is unavailable ({0} answered 429 Answer: no good)")]
    [InlineData(500, "Error: logs of 'gateway' are only in Loki, which is unavailable ({0} answered 500 Answer: no good)")]
    [InlineData(503, "Error: logs of 'gateway' are only in Loki, which is unavailable ({0} answered 503 Answer: no good)")]
    public void A_refusal_is_told_in_lokis_words(int status, string message)
    {
        _loki.Intercept = _ => Response.Text(status, "no good\n");
        foreach (string[] options in (string[][])[["gateway"], ["gateway", "--follow"]])
        {
            ExpectError(message, Logs(options));
        }
    }

    [Fact]
    public void No_answer_is_given_up_after_the_time_limit()
    {
        _loki.Intercept = _ => Response.Hang;
        Dictionary<string, string> environment = new(Environ) { ["FLATNET_LOKI_TIMEOUT"] = "0.5" };

        ExpectError(
            "Error: logs of 'gateway' are only in Loki, which is unavailable ({0} did not answer within 0.5 s)",
            FlatnetProgram.Run(environment, "logs", "gateway"));
    }

    [Theory]
    [InlineData("<html>Please log in</html>")]
    [InlineData("{\"status\":\"success\",\"data\":{\"result\":5}}")]
    [InlineData("[]")]
    [InlineData("")]
    public void Nonsense_is_no_answer(string body)
    {
        _loki.Intercept = _ => Response.Json(body);

        ExpectError("Error: logs of 'gateway' are only in Loki, which is unavailable ({0}", Logs("gateway"));
    }

    [Fact]
    public async Task A_loki_that_is_down_is_an_error_where_there_is_nothing_else()
    {
        await _loki.StopAsync();

        ExpectError("Error: logs of 'gateway' are only in Loki, which is unavailable ({0}: Connection refused)", Logs("gateway"));
    }

    [Fact]
    public async Task A_component_with_a_file_falls_back_to_it()
    {
        await _loki.StopAsync();
        string home = Directory.CreateTempSubdirectory("flatnet-logs-").FullName;
        try
        {
            File.WriteAllText($"{home}/own.log", "first\nsecond\n");
            File.WriteAllText($"{home}/config.toml", $$"""
                [logs.components.own]
                selector = '{job="own"}'
                files = ["{{home}}/own.log"]
                """);

            CommandResult text = Logs("own", "--config", $"{home}/config.toml").ExpectSuccess();
            CommandResult json = Logs("own", "--config", $"{home}/config.toml", "--json").ExpectSuccess();

            string note = $"Note: Loki unavailable ({Server}: Connection refused), falling back to the log file...";
            Assert.Equal("first\nsecond\n", text.Output);
            Assert.Equal(note + "\n", text.Error);
            JsonNode document = JsonNode.Parse(json.Output)!;
            Assert.Equal("file", (string?)document["source"]);
            Assert.Equal(note, (string?)Assert.Single(document["warnings"]!.AsArray()));
            Assert.Empty(json.Error);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [HostFact]
    public async Task A_component_with_a_container_falls_back_to_podman()
    {
        await _loki.StopAsync();
        using PodmanService podman = new();
        podman.Run("run", "--name", "flatnet-loki", "--network", "none", PodmanService.Image, "echo", "level=info msg=up");
        Dictionary<string, string> environment = Environ;
        environment["CONTAINER_HOST"] = podman.SocketEnvironment["CONTAINER_HOST"];

        CommandResult result = FlatnetProgram.Run(environment, "logs", "loki").ExpectSuccess();

        Assert.Equal("level=info msg=up\n", result.Output);
        Assert.Equal($"Note: Loki unavailable ({Server}: Connection refused), falling back to Podman logs...\n", result.Error);
    }

    [Fact]
    public void A_wrong_tenant_names_the_setting()
    {
        CommandResult result = FlatnetProgram.Run(new Dictionary<string, string>(Environ) { ["FLATNET_LOKI_TENANT"] = "a:b" }, "logs", "gateway");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("Error: 'a:b' is not a tenant of Loki", result.Error, StringComparison.Ordinal);
        Assert.Contains("loki.tenant", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_address_names_the_setting()
    {
        CommandResult result = FlatnetProgram.Run(new Dictionary<string, string> { ["FLATNET_LOKI_URL"] = "localhost:3100" }, "logs", "gateway");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("Error: FLATNET_LOKI_URL: expected an address", result.Error, StringComparison.Ordinal);
    }

    private void ExpectError(string message, CommandResult result)
    {
        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith(message.Replace("{0}", Server, StringComparison.Ordinal), result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    // Loki keeps only one of two equal lines of the same moment, so each has a moment of its own.
    private void Add(params string[] lines)
    {
        long now = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
        for (int i = 0; i < lines.Length; i++)
        {
            _last = Math.Max(_last + 1, now + i);
            _loki.Store.Add(_last, lines[i], Gateway);
        }
    }

    private CommandResult Logs(params string[] arguments)
    {
        return FlatnetProgram.Run(Environ, ["logs", .. arguments]);
    }
}
