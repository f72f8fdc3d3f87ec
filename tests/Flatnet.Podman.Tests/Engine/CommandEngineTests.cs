using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace Flatnet.Podman.Tests.Engine;

/// <summary>Asking over the command line, with a program in Podman's place.</summary>
public sealed class CommandEngineTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("flatnet-command-engine-");

    public void Dispose()
    {
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_list_needs_one_call_and_addresses_a_second()
    {
        await using PodmanCommandEngine engine = Engine($"""
            case "$1" in
                ps) cat <<'END'
            {Samples.CommandList}
            END
                ;;
                *) cat <<'END'
            [{Samples.OwnInspect}]
            END
            esac
            """);

        ImmutableArray<Container> containers = await engine.ListAsync(new ListOptions { All = true }, CancellationToken.None);

        Assert.Equal(["10.87.1.7", "10.87.1.8", "fd00::7", "fd00::8"], containers[0].Networks[1].Addresses.Select(address => address.ToString()));
        Assert.Equal([["ps", "--no-trunc", "--format", "json", "--all"], ["container", "inspect", Samples.WebId]], Calls());
    }

    [Fact]
    public async Task Wishes_and_filters_become_arguments_as_they_are()
    {
        await using PodmanCommandEngine engine = Engine("echo '[]'");
        ListOptions options = new()
        {
            Pods = true,
            Size = true,
            Namespaces = true,
            Filters = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("label", ["a=b c", "$(reboot)"]),
        };

        Assert.Empty(await engine.ListAsync(options, CancellationToken.None));

        Assert.Equal(
            [["ps", "--no-trunc", "--format", "json", "--pod", "--size", "--namespace", "--filter", "label=a=b c", "--filter", "label=$(reboot)"]], Calls());
    }

    [Fact]
    public async Task Much_output_on_both_streams_blocks_nobody()
    {
        await using PodmanCommandEngine engine = Engine("head -c 300000 /dev/zero | tr '\\0' x >&2; head -c 300000 /dev/zero | tr '\\0' ' '; echo '[]'");

        Assert.Empty(await engine.ListAsync(new ListOptions(), CancellationToken.None));
    }

    [Fact]
    public async Task A_failure_shows_the_reason_without_the_warnings_around_it()
    {
        await using PodmanCommandEngine engine = Engine("echo 'time=now level=warning msg=x' >&2; echo 'Error: bad is an invalid filter' >&2; echo later >&2; exit 125");

        EngineException problem = await Assert.ThrowsAsync<EngineException>(() => engine.ListAsync(new ListOptions(), CancellationToken.None));

        Assert.Equal(EngineFailure.Refused, problem.Failure);
        Assert.EndsWith("podman ps failed: bad is an invalid filter", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 1", "failed: exit code 1")]
    [InlineData("echo 'cannot do it' >&2; exit 1", "failed: cannot do it")]
    [InlineData("echo nonsense", "gave no usable answer")]
    [InlineData("echo '{}'", "gave no usable answer")]
    public async Task What_is_no_list_is_refused(string script, string expected)
    {
        await using PodmanCommandEngine engine = Engine(script);

        EngineException problem = await Assert.ThrowsAsync<EngineException>(() => engine.ListAsync(new ListOptions(), CancellationToken.None));

        Assert.Equal(EngineFailure.Refused, problem.Failure);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_socket_explains_a_failing_command()
    {
        EngineException denied = new(EngineFailure.Denied, "permission denied on Podman's socket /s", "Use sudo.");
        await using PodmanCommandEngine engine = new(Program("echo 'Error: no subuid ranges' >&2; exit 125"), TimeSpan.FromSeconds(30), denied);

        EngineException problem = await Assert.ThrowsAsync<EngineException>(() => engine.ListAsync(new ListOptions(), CancellationToken.None));

        Assert.Equal((EngineFailure.Denied, "Use sudo."), (problem.Failure, problem.Advice));
        Assert.StartsWith("permission denied on Podman's socket /s, and ", problem.Message, StringComparison.Ordinal);
        Assert.EndsWith("failed: no subuid ranges", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_hangs_is_a_timeout_and_is_ended()
    {
        await using PodmanCommandEngine engine = new(Program("echo $$ > \"$0.pid\"; exec sleep 600"), TimeSpan.FromMilliseconds(500), denied: null);

        EngineException problem = await Assert.ThrowsAsync<EngineException>(() => engine.ListAsync(new ListOptions(), CancellationToken.None));

        Assert.Equal(EngineFailure.Timeout, problem.Failure);
        AssertEnded();
    }

    [Fact]
    public async Task A_missing_program_is_absent()
    {
        await using PodmanCommandEngine engine = new("/nonexistent/podman", TimeSpan.FromSeconds(30), denied: null);

        EngineException problem = await Assert.ThrowsAsync<EngineException>(() => engine.GetVersionAsync(CancellationToken.None));

        Assert.Equal(EngineFailure.Absent, problem.Failure);
        Assert.Contains("/nonexistent/podman", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_container_is_null_and_an_ambiguous_one_an_error()
    {
        await using PodmanCommandEngine unknown = Engine("echo '[]'; echo 'Error: inspecting object: no such container nope' >&2; exit 125");
        Assert.Null(await unknown.InspectAsync("nope", CancellationToken.None));
        Assert.Equal([["container", "inspect", "nope"]], Calls());

        await using PodmanCommandEngine ambiguous = Engine("echo 'Error: more than one result for container ID 9: container already exists' >&2; exit 125");
        EngineException problem = await Assert.ThrowsAsync<EngineException>(() => ambiguous.InspectAsync("9", CancellationToken.None));
        Assert.Contains("more than one result", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_no_container_can_have_are_not_asked_for()
    {
        await using PodmanCommandEngine engine = Engine($"echo '[{Samples.OwnInspect}]'");

        Assert.Null(await engine.InspectAsync("--latest", CancellationToken.None));

        Assert.Empty(Calls());
    }

    [Fact]
    public async Task The_version_is_the_last_word()
    {
        await using PodmanCommandEngine engine = Engine("echo podman version 4.3.1");

        Assert.Equal(new EngineVersion("4.3.1", ""), await engine.GetVersionAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Events_come_until_the_command_ends_and_its_failure_is_told()
    {
        await using PodmanCommandEngine engine = Engine("""
            echo '{"ID":"1","Name":"a","Status":"start","Time":"2026-11-21T11:09:02Z","Type":"container"}'
            echo 'Error: no journal' >&2
            exit 125
            """);
        List<EngineEvent> events = [];

        EngineException problem = await Assert.ThrowsAsync<EngineException>(async () =>
        {
            await foreach (EngineEvent happened in engine.WatchAsync(CancellationToken.None))
            {
                events.Add(happened);
            }
        });

        Assert.Equal("start", Assert.Single(events).Action);
        Assert.EndsWith("events failed: no journal", problem.Message, StringComparison.Ordinal);
        Assert.Equal([["events", "--format", "json", "--filter", "type=container"]], Calls());
    }

    [Fact]
    public async Task A_watch_that_is_cancelled_ends_its_command()
    {
        await using PodmanCommandEngine engine = Engine("""
            echo $$ > "$0.pid"
            echo '{"ID":"1","Name":"a","Status":"start","Time":"2026-11-21T11:09:02Z","Type":"container"}'
            exec sleep 600
            """);
        using CancellationTokenSource cancellation = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (EngineEvent happened in engine.WatchAsync(cancellation.Token))
            {
                Assert.Equal("start", happened.Action);
                await cancellation.CancelAsync();
            }
        });

        AssertEnded();
    }

    private PodmanCommandEngine Engine(string script)
    {
        return new PodmanCommandEngine(Program(script), TimeSpan.FromSeconds(30), denied: null);
    }

    // Each call is written down, one argument a line, with a line of = after it.
    private string Program(string script)
    {
        string path = Path.Combine(_directory.FullName, "podman");
        File.WriteAllText(path, $"#!/bin/sh\nfor word; do printf '%s\\n' \"$word\" >> \"$0.calls\"; done\necho = >> \"$0.calls\"\n{script}\n");
        using Process change = Process.Start("chmod", ["755", path]);
        change.WaitForExit();
        return path;
    }

    private string[][] Calls()
    {
        string path = Path.Combine(_directory.FullName, "podman.calls");
        return File.Exists(path)
            ? [.. File.ReadAllText(path).Split("=\n", StringSplitOptions.RemoveEmptyEntries).Select(call => call.TrimEnd('\n').Split('\n'))]
            : [];
    }

    private void AssertEnded()
    {
        int id = int.Parse(File.ReadAllText(Path.Combine(_directory.FullName, "podman.pid")), CultureInfo.InvariantCulture);
        Assert.False(Directory.Exists($"/proc/{id}"));
    }
}
