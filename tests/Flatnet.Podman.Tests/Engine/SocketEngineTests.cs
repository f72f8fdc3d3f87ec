using System.Collections.Immutable;
using System.Text;

namespace Flatnet.Podman.Tests.Engine;

/// <summary>Asking over a socket, however the answer comes.</summary>
public sealed class SocketEngineTests
{
    private static readonly ListOptions WithoutAddresses = new() { All = true, Addresses = false };

    [Fact]
    public async Task Addresses_and_times_come_from_two_requests()
    {
        using FakePodman podman = new(target => Answer.Json(target.Contains("/libpod/", StringComparison.Ordinal) ? Samples.OwnList : Samples.CompatibleList));
        await using IContainerEngine engine = await podman.ConnectAsync();

        ImmutableArray<Container> containers = await engine.ListAsync(new ListOptions { All = true }, CancellationToken.None);

        Assert.Equal(["web", "job"], containers.Select(container => container.Names[0]));
        Assert.Equal(["10.87.1.7", "fd00::7"], containers[0].Networks[1].Addresses.Select(address => address.ToString()));
        Assert.Equal(["/v1.40/containers/json?all=true", "/v4.0.0/libpod/containers/json?all=true"], podman.Requests.Order());
    }

    [Fact]
    public async Task Without_addresses_there_is_one_request_and_no_other()
    {
        using FakePodman podman = FakePodman.Always(Answer.Json("[]"));
        await using IContainerEngine engine = await podman.ConnectAsync();

        await engine.ListAsync(new ListOptions { Addresses = false }, CancellationToken.None);

        Assert.Equal(["/v4.0.0/libpod/containers/json?all=false"], podman.Requests);
    }

    [Fact]
    public async Task Filters_and_wishes_are_sent_escaped()
    {
        using FakePodman podman = FakePodman.Always(Answer.Json("[]"));
        await using IContainerEngine engine = await podman.ConnectAsync();
        ListOptions options = new()
        {
            Addresses = false,
            Pods = true,
            Size = true,
            Namespaces = true,
            Filters = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("label", ["a=\"b&c\"", "é"]),
        };

        await engine.ListAsync(options, CancellationToken.None);

        string target = Assert.Single(podman.Requests);
        Assert.StartsWith("/v4.0.0/libpod/containers/json?all=false&pod=true&size=true&namespace=true&filters=%7B", target, StringComparison.Ordinal);
        string filters = Uri.UnescapeDataString(target[(target.IndexOf("filters=", StringComparison.Ordinal) + "filters=".Length)..]);
        using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(filters);
        Assert.Equal(["a=\"b&c\"", "é"], document.RootElement.GetProperty("label").EnumerateArray().Select(value => value.GetString()));
    }

    [Fact]
    public async Task Answers_in_small_pieces_are_put_together()
    {
        string half = Samples.OwnList[..400];
        Answer[] answers =
        [
            Answer.Json(Samples.OwnList).ByteByByte(),
            Answer.Chunked([half, Samples.OwnList[400..]]),
            Answer.Chunked(Samples.OwnList.Chunk(7).Select(piece => new string(piece))).ByteByByte(),
            Answer.Raw($"HTTP/1.0 200 OK\r\n\r\n{half}", Samples.OwnList[400..]),
        ];
        foreach (Answer answer in answers)
        {
            using FakePodman podman = FakePodman.Always(answer);
            await using IContainerEngine engine = await podman.ConnectAsync();

            Assert.Equal(2, (await engine.ListAsync(WithoutAddresses, CancellationToken.None)).Length);
        }
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nnot all")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 700\r\n\r\n[]")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnull")]
    [InlineData("")]
    public async Task Garbage_is_refused(string answer)
    {
        using FakePodman podman = FakePodman.Always(Answer.Raw(answer));
        await using IContainerEngine engine = await podman.ConnectAsync();

        EngineException problem = await Assert.ThrowsAsync<EngineException>(() => engine.ListAsync(WithoutAddresses, CancellationToken.None));

        Assert.Equal(EngineFailure.Refused, problem.Failure);
        Assert.Contains(podman.Path, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "failed to decode filter parameters", "invalid character")]
    [InlineData(404, "page not found", "")]
    [InlineData(500, "bad is an invalid filter", "bad is an invalid filter")]
    public async Task A_refusal_has_Podmans_words_and_status(int status, string message, string cause)
    {
        using FakePodman podman = FakePodman.Always(Answer.Error(status, message, cause));
        await using IContainerEngine engine = await podman.ConnectAsync();

        EngineException problem = await Assert.ThrowsAsync<EngineException>(() => engine.ListAsync(WithoutAddresses, CancellationToken.None));

        Assert.Equal((EngineFailure.Refused, status), (problem.Failure, problem.Status));
        Assert.EndsWith($"refused: {message}", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bad Gateway\nsecond line", "refused: Bad Gateway")]
    [InlineData("", "refused: status 502")]
    [InlineData("{}", "refused: status 502")]
    public async Task A_refusal_that_is_not_Podmans_is_shown_too(string body, string expected)
    {
        using FakePodman podman = FakePodman.Always(Answer.Json(body, 502));
        await using IContainerEngine engine = await podman.ConnectAsync();

        EngineException problem = await Assert.ThrowsAsync<EngineException>(() => engine.GetVersionAsync(CancellationToken.None));

        Assert.EndsWith(expected, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[")]
    [InlineData("HTTP/1.1 500 No\r\nContent-Length: 100\r\n\r\n{")]
    public async Task A_server_that_hangs_is_a_timeout(string? beginning)
    {
        using FakePodman podman = FakePodman.Always(beginning is null ? null : Answer.Raw(beginning) with { StaysOpen = true });
        await using IContainerEngine engine = await podman.ConnectAsync(TimeSpan.FromMilliseconds(200));

        EngineException problem = await Assert.ThrowsAsync<EngineException>(() => engine.ListAsync(new ListOptions(), CancellationToken.None));

        Assert.Equal(EngineFailure.Timeout, problem.Failure);
        Assert.Contains("0.2 s", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_request_is_cancelled_and_no_timeout()
    {
        using FakePodman podman = FakePodman.Always(null);
        await using IContainerEngine engine = await podman.ConnectAsync();
        using CancellationTokenSource cancellation = new();
        Task<ImmutableArray<Container>> listing = engine.ListAsync(new ListOptions(), cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listing);
    }

    [Fact]
    public async Task An_unknown_container_is_null_and_an_ambiguous_one_an_error()
    {
        using FakePodman podman = new(target => target.Contains("/nope/", StringComparison.Ordinal)
            ? Answer.Error(404, "no container with name or ID \\\"nope\\\" found: no such container", "no such container")
            : Answer.Error(404, "more than one result for container ID 9: container already exists", "container already exists"));
        await using IContainerEngine engine = await podman.ConnectAsync();

        Assert.Null(await engine.InspectAsync("nope", CancellationToken.None));
        EngineException problem = await Assert.ThrowsAsync<EngineException>(() => engine.InspectAsync("9", CancellationToken.None));
        Assert.Contains("more than one result for container ID 9", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a?b")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("é")]
    public async Task Names_that_no_container_can_have_are_not_asked_for(string name)
    {
        using FakePodman podman = FakePodman.Always(Answer.Json(Samples.OwnInspect));
        await using IContainerEngine engine = await podman.ConnectAsync();

        Assert.Null(await engine.InspectAsync(name, CancellationToken.None));
        Assert.Empty(podman.Requests);
    }

    [Fact]
    public async Task A_container_is_inspected_as_a_container()
    {
        using FakePodman podman = FakePodman.Always(Answer.Json(Samples.OwnInspect));
        await using IContainerEngine engine = await podman.ConnectAsync();

        ContainerDetails? details = await engine.InspectAsync("web", CancellationToken.None);

        Assert.Equal(Samples.WebId, details!.Container.Id);
        Assert.Equal(["/v4.0.0/libpod/containers/web/json"], podman.Requests);
    }

    [Fact]
    public async Task Events_come_while_the_connection_lasts_and_a_broken_one_is_their_end()
    {
        string first = """{"Type":"container","Action":"start","Actor":{"ID":"1","Attributes":{"name":"a"}},"time":1}""";
        string second = """{"Type":"container","Action":"died","Actor":{"ID":"1","Attributes":{"name":"a","containerExitCode":"3"}},"time":2}""";
        Answer[] answers =
        [
            Answer.Chunked([first + "\n", second + "\n"]),
            Answer.Chunked([first + "\n" + second[..20], second[20..] + "\n"], cut: true),
        ];
        foreach (Answer answer in answers)
        {
            using FakePodman podman = FakePodman.Always(answer);
            await using IContainerEngine engine = await podman.ConnectAsync();
            List<EngineEvent> events = [];
            await foreach (EngineEvent happened in engine.WatchAsync(CancellationToken.None))
            {
                events.Add(happened);
            }

            Assert.Equal([("start", null), ("died", 3)], events.Select(happened => (happened.Action, happened.ExitCode)));
        }
    }

    [Fact]
    public async Task A_watch_ends_when_it_is_cancelled()
    {
        using FakePodman podman = FakePodman.Always(Answer.Chunked([], cut: true) with { StaysOpen = true });
        await using IContainerEngine engine = await podman.ConnectAsync(TimeSpan.FromMilliseconds(100));
        using CancellationTokenSource cancellation = new();
        await using IAsyncEnumerator<EngineEvent> events = engine.WatchAsync(cancellation.Token).GetAsyncEnumerator();
        Task<bool> next = events.MoveNextAsync().AsTask();

        // Longer than the limit for answers, which is none for a stream that has begun.
        Assert.NotSame(next, await Task.WhenAny(next, Task.Delay(300)));
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task A_stream_is_read_as_it_comes_and_its_refusal_has_Podmans_words()
    {
        using FakePodman podman = new(target => target == "/good"
            ? Answer.Chunked(["one", "two"], cut: true) with { StaysOpen = true }
            : Answer.Error(500, "the log driver cannot read logs", "none"));
        await using PodmanSocketEngine engine = (PodmanSocketEngine)await podman.ConnectAsync(TimeSpan.FromMilliseconds(500));

        await using Stream stream = await engine.OpenStreamAsync("/good", CancellationToken.None);
        byte[] bytes = new byte[6];
        await stream.ReadExactlyAsync(bytes);
        EngineException problem = await Assert.ThrowsAsync<EngineException>(() => engine.OpenStreamAsync("/bad", CancellationToken.None));

        Assert.Equal("onetwo", Encoding.ASCII.GetString(bytes));
        Assert.EndsWith("refused: the log driver cannot read logs", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_breaks_is_an_IOException()
    {
        using FakePodman podman = FakePodman.Always(Answer.Chunked(["one"], cut: true));
        await using PodmanSocketEngine engine = (PodmanSocketEngine)await podman.ConnectAsync();
        await using Stream stream = await engine.OpenStreamAsync("/", CancellationToken.None);

        await Assert.ThrowsAnyAsync<IOException>(() => stream.CopyToAsync(Stream.Null));
    }

    [Fact]
    public async Task Versions_come_with_one_request()
    {
        using FakePodman podman = FakePodman.Always(Answer.Json("""{"Version":"4.3.1","ApiVersion":"1.41"}"""));
        await using IContainerEngine engine = await podman.ConnectAsync();

        Assert.Equal(new EngineVersion("4.3.1", "1.41"), await engine.GetVersionAsync(CancellationToken.None));
        Assert.Equal(["/version"], podman.Requests);
    }
}
