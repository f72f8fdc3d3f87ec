using System.Security.Cryptography;
using System.Text;

namespace Flatnet.Bench.Rivals;

/// <summary>What a runtime would call a container: a name, an ID and a network namespace. No process runs in it.</summary>
/// <param name="Name">Names come back, when a container is made anew.</param>
/// <param name="NamespacePath"><c>CNI_NETNS</c>.</param>
/// <param name="Serial">IDs do not: each serial number has its own.</param>
internal sealed record Container(string Name, string NamespacePath, int Serial = 0)
{
    /// <summary>64 hexadecimal digits, as Podman's IDs are.</summary>
    public string Id { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Name}/{Serial}")));
}
