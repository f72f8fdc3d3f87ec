using System.Net.Sockets;

namespace Flatnet.Podman.Tests.Engine;

/// <summary>Where Podman is looked for, and in which order.</summary>
public sealed class DiscoveryTests : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose()
    {
        _machine.Dispose();
    }

    [Fact]
    public async Task The_first_place_that_answers_is_taken()
    {
        string command = _machine.Place("bin/podman");
        await File.WriteAllTextAsync(command, "");
        _machine.Variables["PATH"] = $"/nowhere:{Path.GetDirectoryName(command)}";
        Assert.Equal(command, Assert.IsType<PodmanCommandEngine>(await ConnectAsync()).Program);

        _machine.Variables["DOCKER_HOST"] = "unix://" + _machine.Listen(_machine.Place("docker.sock"));
        PodmanSocketEngine docker = Assert.IsType<PodmanSocketEngine>(await ConnectAsync());
        Assert.Equal((_machine.Place("docker.sock"), false), (docker.SocketPath, docker.HasLibpod));

        await AssertTakenAsync(_machine.Listen(_machine.SystemSocket));
        await AssertTakenAsync(_machine.Listen(_machine.UserSocket));
        _machine.Variables["XDG_RUNTIME_DIR"] = _machine.Place("session");
        await AssertTakenAsync(_machine.Listen(_machine.SessionSocket));
        _machine.Variables["CONTAINER_HOST"] = "unix://" + _machine.Place("host.sock");
        await AssertTakenAsync(_machine.Listen(_machine.Place("host.sock")));
        EngineOptions given = _machine.Options with { Url = _machine.Listen(_machine.Place("given.sock")) };
        Assert.Equal(given.Url, (await PodmanEngine.ConnectAsync(given, CancellationToken.None)).SocketPath);
    }

    [Fact]
    public async Task Sockets_on_which_nobody_listens_are_passed_over()
    {
        _machine.Variables["XDG_RUNTIME_DIR"] = _machine.Place("session");
        Machine.Abandon(_machine.SessionSocket);
        await File.WriteAllTextAsync(_machine.UserSocket, "not a socket");

        await AssertTakenAsync(_machine.Listen(_machine.SystemSocket));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_place_that_was_given_is_never_passed_over(bool byOption)
    {
        _machine.Listen(_machine.SystemSocket);
        string stale = Machine.Abandon(_machine.Place("stale.sock"));
        _machine.Variables["CONTAINER_HOST"] = byOption ? "" : $"unix://{stale}";
        EngineOptions options = _machine.Options with { Url = byOption ? stale : null };

        EngineException problem = await Assert.ThrowsAsync<EngineException>(() => PodmanEngine.ConnectAsync(options, CancellationToken.None));

        Assert.Equal(EngineFailure.Absent, problem.Failure);
        Assert.Contains($"unix://{stale}", problem.Message, StringComparison.Ordinal);
        Assert.Contains("systemctl start podman.socket", problem.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unix://{0}")]
    [InlineData("unix:{0}")]
    [InlineData("UNIX://{0}")]
    [InlineData("{0}")]
    public async Task A_socket_can_be_written_in_several_ways(string form)
    {
        string socket = _machine.Listen(_machine.SystemSocket);
        EngineOptions options = _machine.Options with { Url = form.Replace("{0}", socket, StringComparison.Ordinal) };

        IContainerEngine engine = await PodmanEngine.ConnectAsync(options, CancellationToken.None);

        Assert.Equal((socket, $"unix://{socket}"), (engine.SocketPath, engine.Description));
    }

    [Theory]
    [InlineData("tcp://localhost:2375", "tcp://localhost:2375")]
    [InlineData("ssh://core:secret@host/run/podman.sock", "ssh://host")]
    [InlineData("http://host", "http://host")]
    public async Task Other_urls_are_refused_without_their_passwords(string url, string shown)
    {
        EngineException problem = await Assert.ThrowsAsync<EngineException>(
            () => PodmanEngine.ConnectAsync(_machine.Options with { Url = url }, CancellationToken.None));

        Assert.Equal($"cannot reach Podman at {shown}: only Unix sockets are supported", problem.Message);
    }

    [Theory]
    [InlineData("/nonexistent/podman.sock")]
    [InlineData("/0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789/podman.sock")]
    [InlineData("/a\0b")]
    public async Task Impossible_paths_are_errors(string path)
    {
        EngineException problem = await Assert.ThrowsAsync<EngineException>(
            () => PodmanEngine.ConnectAsync(_machine.Options with { Url = path }, CancellationToken.None));

        Assert.Equal(EngineFailure.Absent, problem.Failure);
        Assert.Contains(path, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_found_names_all_places()
    {
        _machine.Variables["DOCKER_HOST"] = "tcp://elsewhere:2375";
        _machine.Variables["XDG_RUNTIME_DIR"] = "/" + new string('x', 200);

        EngineException problem = await Assert.ThrowsAsync<EngineException>(ConnectAsync);

        Assert.Equal(EngineFailure.Absent, problem.Failure);
        Assert.Equal("Make sure Podman is installed and running.", problem.Advice);
        Assert.Contains(_machine.SystemSocket, problem.Message, StringComparison.Ordinal);
        Assert.Contains(_machine.UserSocket, problem.Message, StringComparison.Ordinal);
        Assert.EndsWith("no command podman", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_closed_to_this_user_is_named_with_the_remedies()
    {
        EngineException problem = EngineErrors.NotConnected("/run/podman/podman.sock", new SocketException((int)SocketError.AccessDenied));

        Assert.Equal(EngineFailure.Denied, problem.Failure);
        Assert.Equal("permission denied on Podman's socket /run/podman/podman.sock", problem.Message);
        Assert.Contains("group", problem.Advice, StringComparison.Ordinal);
        Assert.Contains("systemctl --user start podman.socket", problem.Advice, StringComparison.Ordinal);
        Assert.Contains("sudo", problem.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_accepts_nobody_is_a_timeout()
    {
        using Socket full = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        full.Bind(new UnixDomainSocketEndPoint(_machine.SystemSocket));
        full.Listen(1);
        EngineOptions options = _machine.Options with { Url = _machine.SystemSocket, Timeout = TimeSpan.FromMilliseconds(200) };
        IContainerEngine engine = await PodmanEngine.ConnectAsync(options, CancellationToken.None);

        EngineException problem = await Assert.ThrowsAsync<EngineException>(() => engine.GetVersionAsync(CancellationToken.None));

        Assert.Equal(EngineFailure.Timeout, problem.Failure);
    }

    private Task<IContainerEngine> ConnectAsync()
    {
        return PodmanEngine.ConnectAsync(_machine.Options, CancellationToken.None);
    }

    private async Task AssertTakenAsync(string socket)
    {
        await using IContainerEngine engine = await ConnectAsync();
        Assert.Equal(socket, engine.SocketPath);
        Assert.True(Assert.IsType<PodmanSocketEngine>(engine).HasLibpod);
    }
}
