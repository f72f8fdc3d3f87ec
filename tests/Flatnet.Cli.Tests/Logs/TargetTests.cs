using Flatnet.Cli.Hosting;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Logs;

public class TargetTests : IDisposable
{
    private readonly LogsBench _bench = new();

    public TargetTests()
    {
        _bench.Container("web1", "from web1");
        _bench.Container("web2", "from web2");
        _bench.Container("db", "from db");
    }

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("db", "from db\n")]
    [InlineData("container:db", "from db\n")]
    [InlineData("6462", "from db\n")]
    [InlineData("web*", "web1 | from web1\nweb2 | from web2\n")]
    [InlineData("web?", "web1 | from web1\nweb2 | from web2\n")]
    [InlineData("/^(db|web1)$/", "db   | from db\nweb1 | from web1\n")]
    [InlineData("label:app=db", "from db\n")]
    public async Task A_word_finds_containers(string word, string expected) => Assert.Equal(expected, await _bench.LinesAsync(word));

    [Fact]
    public async Task A_container_named_twice_is_read_once() => Assert.Equal("from db\n", await _bench.LinesAsync("db", "container:db", "d*"));

    [Fact]
    public async Task An_unknown_name_is_an_error_with_what_was_meant()
    {
        CommandException error = await _bench.FailAsync("wbe1");
        Assert.Equal(1, error.ExitCode);
        Assert.Equal("Container or component 'wbe1' not found.", error.Message);
        Assert.Equal(
            "\nDid you mean: web1?\nKnown components: gateway, cni, prometheus, grafana, loki\nOr specify a container name (use 'flatnet ps' to list containers)",
            error.Advice);
    }

    [Theory]
    [InlineData("container:gateway")]
    [InlineData("component:db")]
    [InlineData("x*")]
    [InlineData("/x/")]
    [InlineData("label:app=x")]
    public async Task What_a_prefix_or_pattern_does_not_find_is_an_error(string word) =>
        Assert.Contains(word[(word.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim('/'), (await _bench.FailAsync(word)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_task_needs_the_log_server()
    {
        CommandException error = await _bench.FailAsync("task:42");
        Assert.Equal(1, error.ExitCode);
        Assert.Contains("needs the log server", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("task:")]
    [InlineData("task:a/../b")]
    [InlineData("task:status")]
    public async Task What_cannot_be_the_ID_of_a_task_is_not_asked_for(string word)
    {
        _bench.Settings = _bench.Settings with { ServerUrl = new Uri("http://127.0.0.1:9/") };
        CommandException error = await _bench.FailAsync(word);
        Assert.Equal(2, error.ExitCode);
        Assert.Contains("cannot be a task's ID", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_server_that_cannot_be_reached_is_an_error_that_names_it()
    {
        // Port 9 of the loopback: nobody listens there.
        _bench.Settings = _bench.Settings with { ServerUrl = new Uri("http://127.0.0.1:9/") };
        CommandException error = await _bench.FailAsync("task:42", "-f");
        Assert.Equal(1, error.ExitCode);
        Assert.Contains("127.0.0.1:9", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_component_comes_before_a_container_of_its_name_in_any_case()
    {
        _bench.Container("gateway", "from the container");
        _bench.Loki.Entries.Add(new(LogsBench.Begin, "from loki", System.Collections.Immutable.ImmutableDictionary<string, string>.Empty));
        Assert.Contains("from loki", await _bench.LinesAsync("GateWay"), StringComparison.Ordinal);
        Assert.Contains("from the container", await _bench.LinesAsync("container:gateway"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_cannot_be_asked_is_said_with_its_advice()
    {
        _bench.EngineFailure = new EngineException(EngineFailure.Absent, "Podman was not found", "Make sure Podman is installed and running.");
        CommandException error = await _bench.FailAsync("db");
        Assert.Equal(("Podman was not found", "Make sure Podman is installed and running."), (error.Message, error.Advice));
    }
}
