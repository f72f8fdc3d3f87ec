using System.Collections.Immutable;
using System.Text;
using Flatnet.Cli.Configuration;
using Flatnet.Cli.Logs;
using Flatnet.Loki;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Cli.Tests.Logs;

public class FileTests : IDisposable
{
    private const string Path = "/var/log/flatnet/cni.log";

    private readonly LogsBench _bench = new();

    public FileTests() => _bench.Loki.Failure = new LokiException(LokiFailure.Unavailable, "connection refused");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_plugins_log_is_readable()
    {
        _bench.File(Path + ".1", Call("2026-03-10T13:00:00.000001Z", "info", "ADD flatnet eth0", ",\"name\":null,\"addresses\":\"10.87.1.2/24\",\"microseconds\":12"));
        _bench.File(Path, Call("2026-03-10T14:00:00.5Z", "error", "DEL flatnet eth0 failed: no such", ",\"warnings\":[\"a b\",\"c\"]"), "not JSON");
        Assert.Equal(
            """
            2026-03-10T13:00:00.000Z INFO ADD flatnet eth0 addresses=10.87.1.2/24 microseconds=12
            2026-03-10T14:00:00.500Z ERROR DEL flatnet eth0 failed: no such warnings="a b; c"
            not JSON

            """,
            await _bench.LinesAsync("cni"));
        Assert.Equal("Note: Loki unavailable (connection refused), falling back to the log file...\n", _bench.Error);
    }

    [Theory]
    [InlineData("--level error", "x 2")]
    [InlineData("--tail 1", "x 3")]
    [InlineData("--tail 1 --grep x.1", "x 1")]
    [InlineData("--since 2026-03-10T14:00:03Z", "x 3")]
    public async Task Options_apply_to_files(string options, string expected)
    {
        _bench.File(Path + ".1", Call("2026-03-10T14:00:01Z", "info", "x 1"));
        _bench.File(Path, Call("2026-03-10T14:00:02Z", "error", "x 2"), Call("2026-03-10T14:00:03Z", "info", "x 3"));
        Assert.EndsWith(expected + "\n", await _bench.LinesAsync(["cni", .. options.Split(' ')]), StringComparison.Ordinal);
        Assert.Single(_bench.Out.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Raw_shows_the_file_as_it_is()
    {
        string line = Call("2026-03-10T14:00:01Z", "info", "x");
        _bench.File(Path, line);
        Assert.Equal(line + "\n", await _bench.LinesAsync("cni", "--output", "raw"));
    }

    [Fact]
    public async Task Without_the_file_there_is_nothing_to_read() =>
        Assert.Contains("there is no", (await _bench.FailAsync("cni")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task The_last_lines_of_several_files_are_the_last_of_all()
    {
        var component = new LogComponent("", "", ["/var/log/a.log", "/var/log/b.log"]);
        _bench.Settings = new Settings { Components = LogComponent.Defaults.Add("backup", component) };
        _bench.File("/var/log/a.log", Call("2026-03-10T14:00:01Z", "info", "x 1"), Call("2026-03-10T14:00:03Z", "info", "x 3"));
        _bench.File("/var/log/b.log", Call("2026-03-10T14:00:02Z", "info", "x 2"), Call("2026-03-10T14:00:04Z", "info", "x 4"));

        Assert.Equal("INFO x 3\nINFO x 4\n", await _bench.LinesAsync("backup", "--tail", "2", "--no-timestamps"));
    }

    [Fact]
    public async Task Following_goes_on_through_rotation_and_truncation_without_gap_or_duplicate()
    {
        string path = _bench.File(Path, "0", "1");
        var source = new FileSource(path, "cni");
        using var stopping = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using IAsyncEnumerator<LogLine> lines = source.ReadAsync(new LineQuery { Tail = 1, Follow = true }, stopping.Token).GetAsyncEnumerator();
        Assert.Equal("1", await NextAsync(lines));
        await File.AppendAllTextAsync(path, "2\n3");
        Assert.Equal("2", await NextAsync(lines));
        await File.AppendAllTextAsync(path, "\n");
        Assert.Equal("3", await NextAsync(lines));
        await File.AppendAllTextAsync(path, "4\n");
        File.Move(path, path + ".1");
        await File.WriteAllTextAsync(path, "5\n6\n");
        Assert.Equal("4", await NextAsync(lines));
        Assert.Equal("5", await NextAsync(lines));
        Assert.Equal("6", await NextAsync(lines));
        await File.WriteAllTextAsync(path, "");
        await File.AppendAllTextAsync(path, "7\n");
        Assert.Equal("7", await NextAsync(lines));
    }

    [Fact]
    public void Forwards_and_backwards_the_lines_are_the_same()
    {
        Gen<string> texts = Gen.OneOf(Gen.Choose(0, 40), Gen.Choose(0, 70_000)).Select(length => new string('x', length));
        Gen<(string[], bool)> files = from lines in texts.ArrayOf() from ends in Gen.Elements(true, false) select (lines, ends);
        Prop.ForAll(files.ToArbitrary(), file =>
        {
            string path = _bench.Root + "/lines";
            string content = string.Join('\n', file.Item1) + (file.Item2 && file.Item1.Length > 0 ? "\n" : "");
            File.WriteAllText(path, content);
            string[] expected = content.Length == 0 ? [] : (content.EndsWith('\n') ? content[..^1] : content).Split('\n');
            using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(path);
            var reader = new FileLines(handle, 0);
            var forward = new List<string>();
            while (reader.TryRead(out ReadOnlyMemory<byte> line) || reader.TryFinish(out line))
            {
                forward.Add(Encoding.UTF8.GetString(line.Span));
            }

            ImmutableArray<string> backward = [.. FileLinesBackward.Read(handle, RandomAccess.GetLength(handle)).Select(Encoding.UTF8.GetString).Reverse()];
            return forward.SequenceEqual(expected) && backward.SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();
    }

    private static async Task<string> NextAsync(IAsyncEnumerator<LogLine> lines)
    {
        Assert.True(await lines.MoveNextAsync());
        return Encoding.UTF8.GetString(lines.Current.Text.Span);
    }

    private static string Call(string time, string level, string message, string more = "") =>
        $"{{\"time\":\"{time}\",\"level\":\"{level}\",\"event\":1,\"message\":\"{message}\"{more}}}";
}
