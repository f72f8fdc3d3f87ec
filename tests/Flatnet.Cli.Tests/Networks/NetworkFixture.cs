using Flatnet.Cli.Tests.Hosting;

namespace Flatnet.Cli.Tests.Networks;

/// <summary>A machine in a directory, and <c>flatnet network</c> run on it.</summary>
internal sealed class NetworkFixture : IDisposable
{
    private const string RouteHeader = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";

    public NetworkFixture()
    {
        Write("/proc/sys/kernel/random/boot_id", "boot-1\n");
        Routes();
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("flatnet-network-").FullName;

    public Dictionary<string, string> Environment { get; } = [];

    public void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Root + path)!);
        File.WriteAllText(Root + path, content);
    }

    public void WriteProgram(string path, string script)
    {
        Write(path, "#!/bin/sh\n" + script);
        if (OperatingSystem.IsLinux())
        {
            File.SetUnixFileMode(Root + path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The routing table; each line as the kernel writes it, from the interface's name to the mask.</summary>
    public void Routes(params string[] lines) => Write("/proc/net/route", RouteHeader + string.Concat(lines.Select(line => line + "\t0\t0\t0\n")));

    public void Conflist(string name, string subnet, string bridge, string type = "flatnet", string more = "") => Write($"/etc/cni/net.d/{name}.conflist", $$"""
        {"cniVersion":"1.0.0","name":"{{name}}","plugins":[{"type":"{{type}}","bridge":"{{bridge}}","ipam":{"type":"flatnet-ipam","subnet":"{{subnet}}"{{more}} } }]}
        """);

    public async Task<(int Code, string Out, string Error)> RunAsync(string words)
    {
        using var line = new CommandLine { Root = Root };
        foreach ((string name, string value) in Environment)
        {
            line.Environment[name] = value;
        }

        int code = await line.RunAsync(["network", .. words.Split(' ')]);
        return (code, line.Out.Replace(Root, "", StringComparison.Ordinal), line.Error.Replace(Root, "", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
