using System.Diagnostics;
using System.Text.Json;
using Flatnet.Netlink;

namespace Flatnet.Kernel.Tests;

/// <summary>A network namespace of its own, gone with the test. What our code did in it is examined with other people's tools.</summary>
internal sealed class Sandbox : IDisposable
{
    private const int ToolTimeoutMilliseconds = 20_000;

    private readonly string _name = "flatnet-" + Guid.NewGuid().ToString("N")[..12];

    internal Sandbox()
    {
        RunTool("ip", "netns", "add", _name);
        try
        {
            Namespace = NetworkNamespace.Open(Path);
            Route = Namespace.Enter(RouteSocket.Open);
        }
        catch
        {
            RunTool("ip", "netns", "delete", _name);
            throw;
        }
    }

    internal string Path => "/run/netns/" + _name;

    internal NetworkNamespace Namespace { get; }

    internal RouteSocket Route { get; }

    /// <summary>Runs a tool inside; it has to succeed. Returns what it printed.</summary>
    internal string Run(params string[] command) => RunTool("nsenter", ["--net=" + Path, .. command]);

    /// <summary>Runs a tool inside that prints JSON.</summary>
    internal JsonElement Json(params string[] command)
    {
        string output = Run(command);
        return JsonDocument.Parse(output.Length == 0 ? "[]" : output).RootElement.Clone();
    }

    /// <summary>One link as <c>ip -j -d link show</c> sees it.</summary>
    internal JsonElement Link(string name) => Json("ip", "-j", "-d", "link", "show", "dev", name)[0];

    internal LinkInfo Find(string name) => Route.FindLink(name) ?? throw new InvalidOperationException("no link " + name);

    /// <summary>A veth with one end here, called <c>host</c>, and one in the other sandbox, called <c>eth0</c>.</summary>
    internal void Connect(Sandbox other) =>
        Route.Execute(new RouteBatch().CreateVeth(new VethSpec { Name = "host", PeerName = "eth0", PeerNamespace = other.Namespace }));

    /// <summary>Starts a tool inside without waiting for it.</summary>
    internal Process Start(params string[] command) => Process.Start(new ProcessStartInfo("nsenter", ["--net=" + Path, .. command])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    public void Dispose()
    {
        Route.Dispose();
        Namespace.Dispose();
        RunTool("ip", "netns", "delete", _name);
    }

    private static string RunTool(string tool, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(tool, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(ToolTimeoutMilliseconds))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(tool + " " + string.Join(' ', arguments));
        }

        Assert.True(process.ExitCode == 0, tool + " " + string.Join(' ', arguments) + ": " + errors.Result + " (these tests need root)");
        return output.Result;
    }
}
