using System.Globalization;
using System.Text;
using Flatnet.Command.Tests.Engine;
using Flatnet.Command.Tests.Harness;
using Flatnet.Podman;

namespace Flatnet.Command.Tests.Logs;

/// <summary>Logs of real containers of Podman 4.3, read in every way.</summary>
public sealed class ContainerLogTests(PodmanService podman) : IClassFixture<PodmanService>, IDisposable
{
    private static readonly string[] Sources = ["file", "api", "command"];

    // Lines in pieces, on both channels, with a carriage return, longer than the monitor's buffer, and one without an end.
    private const string Odd =
        """
        printf 'part1 '; sleep 0.2; printf 'part2 '; sleep 0.2; echo end
        sleep 0.1; echo err >&2; sleep 0.1; printf 'cr\r\n'; echo
        i=0; long=x; while [ $i -lt 15 ]; do long=$long$long; i=$((i+1)); done; echo $long
        printf unfinished
        """;

    private readonly Engines _engines = new(podman);
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));

    public void Dispose()
    {
        _engines.Dispose();
        _patience.Dispose();
    }

    [HostFact]
    public async Task Every_source_reads_the_same_lines()
    {
        podman.Run("run", "--name", "odd", "--network", "none", PodmanService.Image, "sh", "-c", Odd);
        string[] expected = ["Output part1 part2 end", "Error err", "Output cr\r", "Output ", $"Output {new string('x', 1 << 15)}", "Output unfinished"];
        foreach (string source in Sources)
        {
            Assert.Equal(expected, (await ReadAsync("odd", source, new LogQuery())).Select(Show));
            Assert.Equal(expected[^3..], (await ReadAsync("odd", source, new LogQuery { Tail = 3 })).Select(Show));
            Assert.Equal(expected, (await ReadAsync("odd", source, new LogQuery { Follow = true })).Select(Show));
        }

        podman.Remove("odd");
    }

    [HostFact]
    public async Task A_terminal_has_one_channel_and_no_carriage_returns()
    {
        podman.Run("run", "--name", "terminal", "--network", "none", "--tty", PodmanService.Image, "sh", "-c", "echo one; echo two >&2");
        foreach (string source in Sources)
        {
            Assert.Equal(["Output one", "Output two"], (await ReadAsync("terminal", source, new LogQuery())).Select(Show));
        }

        podman.Remove("terminal");
    }

    [HostFact]
    public async Task A_log_that_is_replaced_again_and_again_is_followed_without_gap_or_duplicate()
    {
        string gate = podman.Outside("/var/lib/gates/replaced");
        Directory.CreateDirectory(Path.GetDirectoryName(gate)!);
        podman.Start(
            "replaced",
            ["--log-opt", "max-size=10kb", "--volume", "/var/lib/gates:/gates"],
            "sh", "-c", "echo begin; until [ -e /gates/replaced ]; do sleep 0.1; done; " + Numbered(4000, every: 40));
        // The reader is there before the first file is replaced: what is gone then is gone.
        List<string> lines = [];
        IContainerLog source = await OpenAsync("replaced", "file");
        await foreach (LogRecord line in source.ReadAsync(new LogQuery { Follow = true }, _patience.Token))
        {
            lines.Add(Encoding.ASCII.GetString(line.Text.Span));
            if (lines.Count == 1)
            {
                await File.WriteAllTextAsync(gate, "", _patience.Token);
            }
        }

        Assert.Equal(["begin", .. Enumerable.Range(0, 4000).Select(static number => number.ToString(CultureInfo.InvariantCulture))], lines);
        podman.Remove("replaced");
    }

    [HostFact]
    public async Task A_service_that_restarts_is_followed_without_gap_or_duplicate()
    {
        List<string> notices = [];
        podman.Start("served", [], "sh", "-c", Numbered(400, every: 10));
        Task<List<LogRecord>> reading = ReadAsync("served", "api", new LogQuery { Follow = true, Notice = notices.Add });
        await Task.Delay(1000, _patience.Token);
        podman.RestartService();
        Assert.Equal(Enumerable.Range(0, 400), (await reading).Select(line => int.Parse(Encoding.ASCII.GetString(line.Text.Span), null)));
        Assert.Equal("reconnecting…", notices[0]);
        podman.Remove("served");
    }

    [HostFact]
    public async Task A_container_that_starts_again_is_followed_across_restarts()
    {
        podman.Start("again", [], "sh", "-c", "echo started");
        foreach (string source in Sources)
        {
            await using IAsyncEnumerator<LogRecord> lines = (await OpenAsync("again", source))
                .ReadAsync(new LogQuery { Follow = true, AcrossRestarts = true, Tail = 0 }, _patience.Token).GetAsyncEnumerator(_patience.Token);
            ValueTask<bool> next = lines.MoveNextAsync();
            await Task.Delay(1000, _patience.Token);
            podman.Run("start", "again");
            Assert.True(await next);
            Assert.Equal("Output started", Show(lines.Current));
        }

        podman.Remove("again");
    }

    [HostFact]
    public async Task A_driver_that_keeps_nothing_is_refused()
    {
        podman.Run("run", "--name", "silent", "--network", "none", "--log-driver", "none", PodmanService.Image, "echo", "hello");
        Assert.Contains("'none'", (await Assert.ThrowsAsync<EngineException>(() => OpenAsync("silent", null))).Message, StringComparison.Ordinal);
        podman.Remove("silent");
    }

    // A pause after every so many lines, or the log would be replaced faster than anybody can open it.
    private static string Numbered(int count, int every)
    {
        return $"i=0; while [ $i -lt {count} ]; do echo $i; i=$((i+1)); [ $((i%{every})) = 0 ] && sleep 0.05; done; true";
    }

    private async Task<List<LogRecord>> ReadAsync(string name, string? source, LogQuery query)
    {
        return await (await OpenAsync(name, source)).ReadAsync(query, _patience.Token).ToListAsync(_patience.Token);
    }

    private async Task<IContainerLog> OpenAsync(string name, string? source)
    {
        IContainerEngine engine = source == "command" ? _engines.Command : _engines.Socket;
        return ContainerLog.Open(engine, (await engine.InspectAsync(name, _patience.Token))!, source);
    }

    private static string Show(LogRecord line)
    {
        return $"{line.Channel} {Encoding.UTF8.GetString(line.Text.Span)}";
    }
}
