using System.Collections.Concurrent;
using Flatnet.Podman.Logs;

namespace Flatnet.Podman.Tests.Logs.Streams;

public sealed class StreamedLogTests
{
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(1);

    private readonly FakeLife _life = new();

    [Fact]
    public void Pieces_are_put_together_by_channel()
    {
        FakeApi api = new();
        api.Write(LogLines.Noon, "part1 ", isPartial: true);
        api.Write(LogLines.Noon + 1, "err", LogChannel.Error);
        api.Write(LogLines.Noon + 2, "part2 ", isPartial: true);
        api.Write(LogLines.Noon + 3, "end");
        api.Write(LogLines.Noon + 4, "unfinished", isPartial: true);
        List<LogRecord> lines = Log(api).Read(new LogQuery());
        Assert.Equal(["err", "part1 part2 end", "unfinished"], lines.Select(line => line.Text()));
        Assert.Equal([LogLines.Noon + 1, LogLines.Noon + 3, LogLines.Noon + 4], lines.Select(line => line.Timestamp));
        Assert.Equal(LogChannel.Error, lines[0].Channel);
    }

    [Fact]
    public void A_terminal_adds_one_carriage_return_that_is_taken_away()
    {
        FakeApi api = new();
        api.Write(LogLines.Noon, "one\r\r");
        Assert.Equal(["one\r"], new StreamedLog(api.Source(), _life, hasTerminal: true).Read(new LogQuery()).Select(line => line.Text()));
    }

    [Fact]
    public void Times_are_asked_for_generously_and_kept_exactly()
    {
        FakeApi api = new();
        for (int number = 0; number < 10; number++)
        {
            api.Write(LogLines.Noon + number, $"{number}");
        }

        List<LogRecord> lines = Log(api).Read(new LogQuery { Since = LogLines.Noon + 3, Until = LogLines.Noon + 6 });
        Assert.Equal(["3", "4", "5"], lines.Select(line => line.Text()));
        Assert.Contains($"&since={(LogLines.Noon / Rfc3339.Second) - 1}", api.Requests.First(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(0, null)]
    [InlineData(5000, null)]
    [InlineData(3, "7")]
    [InlineData(2000, "7")]
    [InlineData(int.MaxValue, null)]
    public void A_tail_is_the_end_of_what_matches(int count, string? text)
    {
        FakeApi api = new();
        List<string> written = [];
        for (int number = 0; number < 12_000; number++)
        {
            api.Write(LogLines.Noon + (number * Rfc3339.Second), $"{number}");
            written.Add($"{number}");
        }

        List<LogRecord> lines = Log(api).Read(new LogQuery { Tail = count, Filter = text is null ? null : new Containing(text) });
        Assert.Equal(written.Where(line => text is null || line.Contains(text, StringComparison.Ordinal)).TakeLast(count), lines.Select(line => line.Text()));
        Assert.DoesNotContain(api.Requests, request => request.Contains("tail=1000000", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task History_and_live_lines_join_even_with_whole_seconds(bool wholeSeconds)
    {
        FakeApi api = new() { WholeSeconds = wholeSeconds };
        for (int number = 0; number < 50; number++)
        {
            // The same words again and again, rightly.
            api.Write(LogLines.Noon + (number * Rfc3339.Second / 10), $"{number / 4}");
        }

        await using Following following = new(Log(api), new LogQuery { Follow = true, Tail = 10 });
        Assert.Equal(Enumerable.Range(40, 10).Select(number => $"{number / 4}"), await following.NextAsync(10));
        for (int number = 50; number < 60; number++)
        {
            api.Write(LogLines.Noon + (number * Rfc3339.Second / 10), $"{number / 4}");
        }

        _life.End();
        api.End();
        Assert.Equal(Enumerable.Range(50, 10).Select(number => $"{number / 4}"), await following.RestAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Twenty_thousand_lines_over_a_hundred_cut_connections_come_once_each(bool wholeSeconds)
    {
        FakeApi api = new() { WholeSeconds = wholeSeconds };
        await using Following following = new(Log(api), new LogQuery { Follow = true });
        List<string> read = [];
        for (int number = 0; number < 20_000; number++)
        {
            long time = LogLines.Noon + (number * Rfc3339.Second / 100);
            LogChannel channel = number % 7 == 0 ? LogChannel.Error : LogChannel.Output;
            if (number % 3 == 0)
            {
                api.Write(time, $"{number}, ", channel, isPartial: true);
            }

            if (number % 200 == 133)
            {
                read.AddRange(await following.NextAsync(number - 50 - read.Count));
                await UntilAsync(() => api.IsFollowed);
                api.Cut();
            }

            api.Write(time + 1, $"{number}", channel);
        }

        _life.End();
        api.End();
        read.AddRange(await following.RestAsync());
        Assert.Equal(Enumerable.Range(0, 20_000).Select(number => number % 3 == 0 ? $"{number}, {number}" : $"{number}"), read);
        Assert.Equal(100, api.Broken);
    }

    public static TheoryData<EngineException> Losses => new(
        new EngineException(EngineFailure.Absent, "gone", ""),
        new EngineException(EngineFailure.Timeout, "slow", ""),
        // What HttpClient makes of a service that ends while it answers.
        EngineErrors.NoAnswer("Podman", new HttpRequestException("An error occurred", new IOException("Connection reset by peer"))),
        EngineErrors.NoAnswer("Podman", new IOException("The response ended prematurely")));

    [Theory]
    [MemberData(nameof(Losses), DisableDiscoveryEnumeration = true)]
    public async Task Reconnecting_is_told_and_how_much_it_recovered(EngineException loss)
    {
        FakeApi api = new();
        ConcurrentQueue<string> notices = [];
        await using Following following = new(Log(api), new LogQuery { Follow = true, Notice = notices.Enqueue });
        api.Write(LogLines.Noon, "one");
        Assert.Equal(["one"], await following.NextAsync(1));
        bool isFirst = true;
        api.Intercept = path =>
        {
            if (isFirst)
            {
                isFirst = false;
                throw loss;
            }

            return null;
        };
        await UntilAsync(() => api.Requests.Any(request => request.Contains("follow=true", StringComparison.Ordinal)));
        api.Cut();
        api.Write(LogLines.Noon + 1, "two");
        Assert.Equal(["two"], await following.NextAsync(1));
        _life.End();
        api.End();
        Assert.Empty(await following.RestAsync());
        Assert.Equal("reconnecting…", notices.First());
        Assert.Contains("reconnected, 1 lines recovered", notices);
    }

    [Fact]
    public async Task Across_restarts_it_waits_for_the_next_start()
    {
        FakeApi api = new();
        await using Following following = new(Log(api), new LogQuery { Follow = true, AcrossRestarts = true });
        api.Write(LogLines.Noon, "before");
        Assert.Equal(["before"], await following.NextAsync(1));
        _life.End();
        api.Cut();
        api.Write(LogLines.Noon + 1, "after");
        _life.Start();
        Assert.Equal(["after"], await following.NextAsync(1));
    }

    [Fact]
    public void The_first_refusal_is_told()
    {
        FakeApi api = new() { Intercept = _ => throw new EngineException(EngineFailure.Refused, "using the 'none' log driver, cannot read logs", "") };
        EngineException refusal = Assert.Throws<EngineException>(() => Log(api).Read(new LogQuery { Follow = true }));
        Assert.Contains("--log-driver k8s-file", refusal.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_that_never_comes_whole_is_an_error()
    {
        FakeApi api = new() { Intercept = _ => new MemoryStream([1, 0, 0, 0, 0, 0, 0, 9, 65]) };
        EngineException problem = Assert.Throws<EngineException>(() => Log(api).Read(new LogQuery()));
        Assert.Equal(5, api.Requests.Count);
        Assert.Contains("not sent to its end", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_framed_is_an_error()
    {
        FakeApi api = new() { Intercept = _ => new MemoryStream("plain text, no frames"u8.ToArray()) };
        Assert.Contains("not in frames", Assert.Throws<EngineException>(() => Log(api).Read(new LogQuery())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_compatible_api_does_not_frame_what_a_terminal_got()
    {
        ApiSource source = new((path, _) => Task.FromResult<Stream>(new MemoryStream("2026-11-21T12:00:00.5Z one\r\n2026-11-21T12:00:01Z two\r\n"u8.ToArray())), "abc", true, hasLibpod: false);
        Assert.Equal(["one", "two"], new StreamedLog(source, _life, hasTerminal: true).Read(new LogQuery()).Select(line => line.Text()));
    }

    [Fact]
    public async Task Whole_seconds_are_recognised()
    {
        foreach (bool wholeSeconds in (bool[])[true, false])
        {
            FakeApi api = new() { WholeSeconds = wholeSeconds };
            api.Write(LogLines.Noon + 5, "one");
            Assert.Equal(!wholeSeconds, await api.Source().IsPreciseAsync(CancellationToken.None));
        }
    }

    private StreamedLog Log(FakeApi api)
    {
        return new StreamedLog(api.Source(), _life, hasTerminal: false, () => new Backoff(Quick, Quick));
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        while (!isSo())
        {
            await Task.Delay(5, limit.Token);
        }
    }
}
