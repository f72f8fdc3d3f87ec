namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>
/// Another computer beyond the sandbox's own network card: 192.0.2.2 and 2001:db8::2, the sandbox being .1 and ::1 (documentation
/// addresses; the wire is a veth pair). It knows no way back to containers unless it is given one.
/// </summary>
internal sealed class Uplink : IDisposable
{
    public const string HostAddress = "192.0.2.1";
    public const string OutsideAddress = "192.0.2.2";
    public const string HostAddressV6 = "2001:db8::1";
    public const string OutsideAddressV6 = "2001:db8::2";

    private readonly WebServer _web;

    public Uplink(Sandbox sandbox)
    {
        Outside = sandbox.AddNode("outside");
        sandbox.Run("ip", "link", "add", "uplink0", "type", "veth", "peer", "name", "eth0", "netns", Outside.Name);
        sandbox.Run("ip", "address", "add", $"{HostAddress}/24", "dev", "uplink0");
        sandbox.Run("ip", "address", "add", $"{HostAddressV6}/64", "dev", "uplink0", "nodad");
        sandbox.Run("ip", "link", "set", "uplink0", "up");
        sandbox.Run("ip", "route", "add", "default", "via", OutsideAddress);
        sandbox.Run("ip", "-6", "route", "add", "default", "via", OutsideAddressV6);
        Outside.Run("ip", "address", "add", $"{OutsideAddress}/24", "dev", "eth0");
        Outside.Run("ip", "address", "add", $"{OutsideAddressV6}/64", "dev", "eth0", "nodad");
        Outside.Run("ip", "link", "set", "eth0", "up");
        _web = new WebServer(sandbox, Outside);
    }

    public Node Outside { get; }

    /// <summary>What an administrator does to reach containers by their own addresses.</summary>
    public void RouteToContainers(string subnet = "10.87.1.0/24")
    {
        Outside.Run("ip", "route", "add", subnet, "via", subnet.Contains(':', StringComparison.Ordinal) ? HostAddressV6 : HostAddress);
    }

    public void Dispose()
    {
        _web.Dispose();
    }
}
