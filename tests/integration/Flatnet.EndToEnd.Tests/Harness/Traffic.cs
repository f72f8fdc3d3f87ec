using System.Net;

namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>Packets, sent from anywhere in a sandbox: from itself and its nodes with ping and curl, from containers with busybox.</summary>
internal sealed class Traffic
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Func<string[], CommandResult> _run;
    private readonly string[] _ping;
    private readonly string[] _fetch;

    private Traffic(Func<string[], CommandResult> run, string[] ping, string[] fetch)
    {
        (_run, _ping, _fetch) = (run, ping, fetch);
    }

    public static Traffic From(Sandbox sandbox)
    {
        return FromHere(argv => sandbox.Try(argv));
    }

    public static Traffic From(Node node)
    {
        return FromHere(node.Try);
    }

    /// <summary>From a container that has nothing but busybox; <paramref name="run"/> runs a program in it.</summary>
    /// <remarks>Not <c>wget -T</c>: in Debian 12's static busybox that option crashes.</remarks>
    public static Traffic FromContainer(Func<string[], CommandResult> run)
    {
        return new Traffic(run, ["ping", "-c", "1", "-W", "3"], ["timeout", "3", "wget", "-q", "-O", "-"]);
    }

    public bool Pings(string address)
    {
        return _run([.. _ping, address]).ExitCode == 0;
    }

    /// <summary>The body of a page, or null when nobody answers within three seconds (a container just started may need a moment).</summary>
    public string? Fetch(string address, string path = "/", int port = 80)
    {
        string host = address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;
        DateTime end = DateTime.UtcNow + Patience;
        CommandResult result = _run([.. _fetch, $"http://{host}:{port}{path}"]);
        while (result.ExitCode != 0 && DateTime.UtcNow < end)
        {
            Thread.Sleep(50);
            result = _run([.. _fetch, $"http://{host}:{port}{path}"]);
        }

        return result.ExitCode == 0 ? result.Text : null;
    }

    /// <summary>The address under which a web node sees us, or null when it does not answer.</summary>
    public string? AddressSeenBy(string address, int port = 80)
    {
        return Fetch(address, WebFiles.ClientPath, port) is string seen ? Plain(seen) : null;
    }

    private static Traffic FromHere(Func<string[], CommandResult> run)
    {
        return new Traffic(run, ["ping", "-n", "-c", "1", "-W", "3"], ["curl", "--silent", "--fail", "--globoff", "--max-time", "3"]);
    }

    // A dual-stack socket shows an IPv4 client as ::ffff:192.0.2.1.
    private static string Plain(string address)
    {
        IPAddress parsed = IPAddress.Parse(address.Trim('[', ']'));
        return (parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed).ToString();
    }
}
