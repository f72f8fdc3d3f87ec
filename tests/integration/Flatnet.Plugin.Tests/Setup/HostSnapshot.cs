using System.Text.RegularExpressions;

namespace Flatnet.Plugin.Tests.Setup;

/// <summary>
/// Everything in the kernel that a call could change, of the host and of every container, and the bytes and times of the state
/// files: as text, so that two moments can be compared byte by byte.
/// </summary>
internal sealed partial record HostSnapshot(string Kernel, string State)
{
    private const string StateScript =
        "find /var/lib/cni -printf '%p %y %m %s %i %T@ %l\\n' 2>/dev/null | sort; find /var/lib/cni -type f -exec sha256sum {} + 2>/dev/null | sort";

    // What "ip -d address" shows includes the links; counting clocks are taken out below.
    private const string NamespaceScript =
        "ip -j -d address; ip -j -d route show table all; ip -6 -j -d route show table all; nft -j list ruleset; "
        + "cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv6/conf/all/forwarding /proc/sys/net/ipv4/conf/all/route_localnet";

    public static HostSnapshot Of(Host host)
    {
        string script = $"echo host; {NamespaceScript}";
        foreach (Node node in host.Containers)
        {
            script += $"; echo {node.Name}; nsenter --net={node.Path} sh -c '{NamespaceScript}'";
        }

        string kernel = Clocks().Replace(host.Sandbox.Shell(script).Output, "");
        return new HostSnapshot(Counters().Replace(kernel, ""), host.Sandbox.Shell(StateScript).Output);
    }

    /// <summary>A snapshot after the kernel's own late work: link-local addresses that lose their "tentative", ports that come up.</summary>
    public static HostSnapshot OfSettled(Host host)
    {
        HostSnapshot last = Of(host);
        Eventually.True(
            () =>
            {
                HostSnapshot before = last;
                last = Of(host);
                return last == before && !last.Kernel.Contains("\"tentative\"", StringComparison.Ordinal);
            },
            "the host settles");
        return last;
    }

    /// <summary>Fails, showing the first difference, unless kernel and state files are as they were.</summary>
    public void AssertUnchanged(Host host)
    {
        AssertKernelUnchanged(host);
        Assert.Equal(State, Of(host).State);
    }

    /// <summary>Fails unless the kernel is as it was. What the kernel itself takes away late is waited for.</summary>
    public void AssertKernelUnchanged(Host host)
    {
        string now = Of(host).Kernel;
        for (int attempt = 0; now != Kernel && attempt < 20; attempt++)
        {
            Thread.Sleep(100);
            now = Of(host).Kernel;
        }

        Assert.Equal(Kernel, now);
    }

    [GeneratedRegex("\"(hello|tcn|topology_change|gc|hold|message_age|forward_delay)_timer\":[0-9.]+,?|\"expires\":[0-9]+,?")]
    private static partial Regex Clocks();

    [GeneratedRegex("\"packets\": [0-9]+, \"bytes\": [0-9]+")]
    private static partial Regex Counters();
}
