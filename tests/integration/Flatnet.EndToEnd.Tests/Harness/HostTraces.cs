using System.Text.Json.Nodes;

namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>
/// Everything a network plugin can leave behind on a host, one line each, so that two moments can be compared. Addresses and routes
/// follow from links. The log and the address state (reservations stay by design) are looked at by <see cref="LeaseState"/>.
/// </summary>
internal static class HostTraces
{
    public static IReadOnlyList<string> Of(Sandbox sandbox)
    {
        List<string> traces = [];
        traces.AddRange(sandbox.Json("ip", "-j", "link").AsArray().Select(link => $"link {link!["ifname"]}"));
        traces.AddRange(Lines(sandbox, "for n in /run/netns/*; do [ ! -e \"$n\" ] || echo \"namespace $n\"; done"));
        traces.AddRange(Rules(sandbox));
        traces.AddRange(Lines(sandbox, "for m in nat filter mangle raw; do iptables-legacy -t $m -S; done | grep -v '^-P' | sed 's/^/legacy rule /' || true"));
        traces.AddRange(Lines(sandbox, $"find /run /etc/cni /var/lib/cni -type f | grep -E '/cni/|/netns/|flatnet' | grep -v -e '{LeaseState.FilePattern}' || true"));
        return [.. traces.Order(StringComparer.Ordinal)];
    }

    /// <summary>Fails, naming what is new, unless the host is as it was <paramref name="before"/>.</summary>
    public static void AssertSame(IReadOnlyList<string> before, Sandbox sandbox)
    {
        IReadOnlyList<string> left = [];
        bool Clean()
        {
            left = [.. Of(sandbox).Except(before)];
            return left.Count == 0;
        }

        // The kernel takes devices of a vanished namespace down a moment after the last process has left it.
        try
        {
            Eventually.True(Clean, "nothing is left behind");
        }
        catch (TimeoutException)
        {
            Assert.Fail($"left behind: {string.Join("\n  ", left)}");
        }
    }

    // Chains that reference plugins share between containers are theirs to leave; a rule is a trace whoever made it.
    private static IEnumerable<string> Rules(Sandbox sandbox)
    {
        foreach (JsonNode? item in sandbox.Json("nft", "-j", "list", "ruleset")["nftables"]?.AsArray() ?? [])
        {
            if (item!["rule"] is JsonNode rule)
            {
                yield return $"rule {rule["family"]} {rule["table"]} {rule["chain"]} {rule["comment"]} {rule["expr"]?.ToJsonString()}";
            }
        }
    }

    private static string[] Lines(Sandbox sandbox, string script)
    {
        return sandbox.Shell(script).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
