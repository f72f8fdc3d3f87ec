using Flatnet.Cli.Tests.Hosting;
using Flatnet.Ipam;

namespace Flatnet.Cli.Tests.Setup;

/// <summary>A machine in a directory, with a plugin to install beside it.</summary>
internal sealed class SetupFixture : IDisposable
{
    public const string ForwardingFile = "/proc/sys/net/ipv4/ip_forward";

    private readonly string _plugins = Directory.CreateTempSubdirectory("flatnet-plugin-").FullName;

    public SetupFixture()
    {
        Plugin("one");
        Write("/proc/sys/kernel/random/boot_id", "boot-1\n");
        Write("/proc/net/route", "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n");
        Write(ForwardingFile, "0\n");
        Write("/etc/hosts", "127.0.0.1 localhost\n");
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("flatnet-setup-").FullName;

    /// <summary>Everything below the root: kind, mode, and content or target.</summary>
    public string[] Snapshot() => [.. Directory.EnumerateFileSystemEntries(Root, "*", new EnumerationOptions
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.None,
    }).Select(Describe).Order()];

    public void Plugin(string version) => File.WriteAllText(_plugins + "/flatnet", "\u007fELF " + version);

    public void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Root + path)!);
        File.WriteAllText(Root + path, content);
    }

    public string Read(string path) => File.ReadAllText(Root + path);

    public bool Exists(string path) => Path.Exists(Root + path);

    public void Lease(string name) => Write("/var/lib/cni/flatnet/ipam.json", $$"""
        {"version":1,"network":"flatnet","boot":"boot-1","leases":[{"ip":["10.87.1.2"],"id":"aaaa","if":"eth0","name":"{{name}}","ns":"/proc/self/ns/net","at":1}],"reservations":[]}
        """);

    public Task<(int Code, string Out, string Error)> SetupAsync(params string[] options) => RunAsync(["setup", "--from", _plugins, .. options]);

    public async Task<(int Code, string Out, string Error)> RunAsync(params string[] words)
    {
        using var line = new CommandLine { Root = Root };
        int code = await line.RunAsync(words);
        return (code, line.Out.Replace(Root, "", StringComparison.Ordinal), line.Error.Replace(Root, "", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        Directory.Delete(Root, recursive: true);
        Directory.Delete(_plugins, recursive: true);
    }

    private string Describe(string path)
    {
        string mode = Convert.ToString(FileProtection.Of(path)!.Mode, 8);
        string content = new FileInfo(path).LinkTarget is { } target ? "-> " + target : Directory.Exists(path) ? "directory" : File.ReadAllText(path);
        return $"{path[Root.Length..]} {mode} {content}";
    }
}
