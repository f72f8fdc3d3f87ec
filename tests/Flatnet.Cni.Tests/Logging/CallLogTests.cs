using System.Reflection;
using System.Text.Json;
using Flatnet.Cni.Logging;
using Microsoft.Extensions.Logging;

namespace Flatnet.Cni.Tests.Logging;

public sealed class CallLogTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("flatnet-log").FullName;

    private string LogPath => Path.Join(_directory, "made", "cni.log");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Each_call_is_one_line_of_json()
    {
        var log = new CallLog(LogPath);
        CallMessages.Served(log, "ADD", "flatnet", "eth0", "10.87.1.5/24", "abc", "web", 2900);
        CallMessages.Failed(log, "ADD", "flatnet", "eth0", "no \"room\"\nat all", 110, "abd", null, 800, ["one", "two"]);

        string[] lines = File.ReadAllLines(LogPath);

        Assert.Equal(2, lines.Length);
        JsonElement served = JsonDocument.Parse(lines[0]).RootElement, failed = JsonDocument.Parse(lines[1]).RootElement;
        Assert.Equal("info 1 ADD flatnet eth0 10.87.1.5/24 abc web 2900", Text(served, "level", "event", "command", "network", "ifname", "addresses", "containerId", "name", "microseconds"));
        Assert.Equal("error 3 110 no \"room\"\nat all [\"one\",\"two\"]", Text(failed, "level", "event", "code", "error", "warnings"));
        Assert.False(failed.TryGetProperty("name", out _));
    }

    [Fact]
    public void Large_file_moves_aside()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(LogPath)!);
        File.WriteAllBytes(LogPath, new byte[CallLog.RotationSize]);

        CallMessages.Served(new CallLog(LogPath), "ADD", "flatnet", "eth0", null, "abc", null, 1);
        CallMessages.Served(new CallLog(LogPath), "DEL", "flatnet", "eth0", null, "abc", null, 1);

        Assert.Single(File.ReadAllLines(LogPath));
        Assert.True(new FileInfo(LogPath + ".1").Length > (long)CallLog.RotationSize);
    }

    [Fact]
    public void Symbolic_link_is_not_followed()
    {
        string target = Path.Join(_directory, "target");
        File.WriteAllText(target, "");
        Directory.CreateDirectory(Path.GetDirectoryName(LogPath)!);
        File.CreateSymbolicLink(LogPath, target);

        CallMessages.Served(new CallLog(LogPath), "ADD", "flatnet", "eth0", null, "abc", null, 1);

        Assert.Empty(File.ReadAllText(target));
    }

    [Fact]
    public void Event_numbers_are_unique()
    {
        int[] numbers = [.. typeof(CallMessages).GetMethods().Select(static method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId ?? 0).Where(static id => id != 0)];

        Assert.NotEmpty(numbers);
        Assert.Equal(numbers.Length, numbers.Distinct().Count());
    }

    private static string Text(JsonElement line, params string[] keys) => string.Join(' ', keys.Select(key => line.GetProperty(key).ToString()));
}
