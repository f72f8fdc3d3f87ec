using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Flatnet.Podman.Json;

/// <summary>What the shapes of a container have in common.</summary>
internal static class ContainerFields
{
    private static readonly string[] HealthWords = ["starting", "healthy", "unhealthy"];

    /// <summary>An exit code counts only once the container has ended; before, Podman writes 0.</summary>
    public static int? ExitCode(string state, JsonElement element)
    {
        return state is "exited" or "stopped" ? element.SmallNumber("ExitCode") : null;
    }

    /// <summary>The health alone, or in parentheses at the end of a status text.</summary>
    public static string? Health(string text)
    {
        string word = text.EndsWith(')') ? text[(text.LastIndexOf('(') + 1)..^1] : text;
        return HealthWords.Contains(word) ? word : null;
    }

    public static string WithoutDigest(string imageId)
    {
        const string Prefix = "sha256:";
        return imageId.StartsWith(Prefix, StringComparison.Ordinal) ? imageId[Prefix.Length..] : imageId;
    }

    /// <summary>Reads a port key as <c>80/tcp</c>.</summary>
    public static (int Port, string Protocol) PortKey(string key)
    {
        int slash = key.IndexOf('/');
        string digits = slash < 0 ? key : key[..slash];
        _ = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int port);
        return (port, slash < 0 ? "tcp" : key[(slash + 1)..]);
    }

    /// <summary>Sorted, so that the order does not depend on whom was asked.</summary>
    public static ImmutableArray<PublishedPort> Sorted(IEnumerable<PublishedPort> ports)
    {
        return [.. ports.OrderBy(port => port.ContainerPort).ThenBy(port => port.Protocol, StringComparer.Ordinal).ThenBy(port => port.HostPort)];
    }
}
