using System.Text.Json;
using Flatnet.Cli.Tests.Hosting;

namespace Flatnet.Cli.Tests.Ipam;

/// <summary>A machine in a directory with one lease file, and the command run on it.</summary>
internal sealed class IpamFixture : IDisposable
{
    public const string Live = "/proc/self/ns/net";
    public const string Gone = "/nonexistent/netns";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _root = Directory.CreateTempSubdirectory("flatnet-ipam-").FullName;

    public IpamFixture()
    {
        Write("/proc/sys/kernel/random/boot_id", "boot-1\n");
        Write("/proc/uptime", "1000.00 900.00\n");
    }

    public string Root => _root;

    public string LeaseFile => _root + "/var/lib/cni/flatnet/ipam.json";

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Milliseconds since 1970 of some time before now.</summary>
    public static long Ago(TimeSpan age) => (Now - age).ToUnixTimeMilliseconds();

    public static string Lease(string ip, string id, string? name = null, string ns = Live, string boot = "boot-1", string more = "") =>
        $$"""{"ip":["{{ip}}"],"id":"{{id}}","if":"eth0",{{(name is null ? "" : $"\"name\":\"{name}\",")}}"ns":"{{ns}}","at":{{Ago(TimeSpan.FromHours(2))}},"boot":"{{boot}}"{{more}}}""";

    public static string Reservation(string name, string ip, bool isStatic = false) =>
        $$"""{"name":"{{name}}","ip":["{{ip}}"],"used":{{Ago(TimeSpan.FromDays(3))}}{{(isStatic ? ",\"static\":true" : "")}}}""";

    public IpamFixture Document(string[] leases, params string[] reservations) => Raw(
        $$"""{"version":1,"network":"flatnet","boot":"boot-1","leases":[{{string.Join(",\n", leases)}}],"reservations":[{{string.Join(",\n", reservations)}}]}""");

    public IpamFixture Raw(string json)
    {
        Write("/var/lib/cni/flatnet/ipam.json", json);
        if (OperatingSystem.IsLinux())
        {
            File.SetUnixFileMode(LeaseFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return this;
    }

    public IpamFixture Conflist(string ipam, string name = "flatnet", string type = "flatnet-ipam")
    {
        Write($"/etc/cni/net.d/{name}.conflist", $$"""
            {"cniVersion":"1.0.0","name":"{{name}}","plugins":[{"type":"flatnet","bridge":"br9","ipam":{"type":"{{type}}",{{ipam}} } }]}
            """);
        return this;
    }

    public void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root + path)!);
        File.WriteAllText(_root + path, content);
    }

    /// <summary>Runs <c>flatnet ipam</c> with the words of a line; paths are shown as if the directory were the root.</summary>
    public async Task<Outcome> RunAsync(string words)
    {
        using var line = new CommandLine { Root = _root, Time = new FixedTime(Now) };
        foreach ((string name, string value) in Environment)
        {
            line.Environment[name] = value;
        }

        int code = await line.RunAsync(["ipam", .. words.Split(' ')]);
        return new Outcome(code, line.Out.Replace(_root, "", StringComparison.Ordinal), line.Error.Replace(_root, "", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    internal sealed record Outcome(int Code, string Out, string Error)
    {
        public JsonElement Json => JsonDocument.Parse(Out).RootElement;
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
