using System.Text.Json.Nodes;

namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>The address state as any other program would read it: one JSON document per network.</summary>
internal static class LeaseState
{
    /// <summary>Files that stay after the last container has gone (grep -e): document, lock, and what host-local and the runtime keep.</summary>
    public const string FilePattern = "/ipam\\.json$\\|/[^/]*lock$\\|/last_reserved_ip\\.";

    public static int Leases(Sandbox sandbox, string network = Networks.Flat)
    {
        return Document(sandbox, network)["leases"]?.AsArray().Count ?? 0;
    }

    public static JsonNode Document(Sandbox sandbox, string network = Networks.Flat)
    {
        return JsonNode.Parse(sandbox.Read($"/var/lib/cni/{network}/ipam.json"))!;
    }
}
