using System.Diagnostics;
using System.Net;
using System.Text;
using Flatnet.LogServer.Harness;
using Flatnet.LogServer.Tests.Support;

namespace Flatnet.LogServer.Tests.Durability;

/// <summary>A disk that fills up under load, and has room again later.</summary>
public sealed class DiskFullTests
{
    [Fact]
    public async Task A_full_disk_refuses_lines_and_what_was_refused_arrives_when_there_is_room()
    {
        using var directory = new TemporaryDirectory();
        using var disk = new SmallDisk(directory.Make("data"), "24m");
        // The server's own watermark would refuse before the disk does.
        using LogServerProcess server = await LogServerProcess.StartAsync(
            Repository.Server, disk.Path, [.. LogServerProcess.NoLimits, ("FLATNET_RETENTION_DISK_WATERMARK", "100")]);
        string filler = Path.Combine(disk.Path, "filler");
        await File.WriteAllBytesAsync(filler, new byte[14 << 20]);

        string home = directory.Make("agent");
        const int Lines = 60_000;
        using RunningProgram agent = AgentProgram.Execute(
            Repository.Agent, server.Address, "full",
            // Text that does not compress, or the disk would never fill.
            $"i=0; while read -r noise; do i=$((i+1)); echo \"line $i $noise\"; done < {Noise(home, Lines)}", home,
            ("FLATNET_WEBSOCKET_RECONNECT_INTERVAL", "50ms"));
        await Eventually.TrueAsync(
            async () =>
            {
                using var body = new StringContent("""{"source":"stdout","level":"INFO","message":"is there room?"}""", Encoding.UTF8, "application/json");
                using HttpResponseMessage answer = await server.Client.PostAsync("/api/v1/tasks/probe/logs", body);
                return answer.StatusCode == HttpStatusCode.InsufficientStorage
                    && (await answer.Content.ReadAsStringAsync()).Contains("STORAGE_FULL", StringComparison.Ordinal);
            },
            () => $"the disk is full:\n{string.Join('\n', server.Process.Errors)}");
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health")).StatusCode);

        File.Delete(filler);
        Assert.Equal(0, await agent.WaitForExitAsync());
        IReadOnlyList<StoredLine> stored = await TaskReader.ExportAsync(server.Client, "full");
        ExactlyOnce.AssertOrder(stored);
        List<StoredLine> script = [.. stored.Where(line => line.Source != "agent")];
        Assert.Equal(Lines, script.Count);
        Assert.All(script.Select((line, index) => (line, index)), item => Assert.StartsWith($"line {item.index + 1} ", item.line.Message, StringComparison.Ordinal));
    }

    private static string Noise(string home, int lines)
    {
        string path = Path.Combine(home, "noise");
        var random = new Random(1);
        byte[] bytes = new byte[150];
        File.WriteAllLines(path, Enumerable.Range(0, lines).Select(_ =>
        {
            random.NextBytes(bytes);
            return Convert.ToBase64String(bytes);
        }));
        return path;
    }

    /// <summary>A file system in memory of a fixed size.</summary>
    private sealed class SmallDisk : IDisposable
    {
        public SmallDisk(string path, string size)
        {
            Path = path;
            Run("mount", "-t", "tmpfs", "-o", $"size={size},mode=0700", "flatnet-test", path);
        }

        public string Path { get; }

        public void Dispose() => Run("umount", "--lazy", Path);

        private static void Run(string program, params string[] arguments)
        {
            using Process process = Process.Start(program, arguments);
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} failed; the tests need root.");
        }
    }
}
