using System.Globalization;
using Flatnet.Cli.Hosting;
using Flatnet.Podman;

namespace Flatnet.Cli.Ps.Filters;

/// <summary>The filters <c>publish</c> and <c>expose</c>: <c>80</c>, <c>53/udp</c>, <c>8000-8080/tcp</c>. Podman's own API has neither.</summary>
/// <param name="isPublished">Only ports that the host publishes.</param>
/// <param name="first">The first port looked for.</param>
/// <param name="last">The last one.</param>
/// <param name="protocol">tcp, udp or sctp.</param>
internal sealed class PortFilter(bool isPublished, int first, int last, string protocol)
{
    /// <exception cref="CommandException">It is no port or range.</exception>
    public static PortFilter Parse(string key, string value)
    {
        int slash = value.IndexOf('/', StringComparison.Ordinal);
        string protocol = slash < 0 ? "tcp" : value[(slash + 1)..];
        string[] ends = (slash < 0 ? value : value[..slash]).Split('-');
        return protocol is "tcp" or "udp" or "sctp" && ends.Length <= 2 && Port(ends[0]) is { } first && Port(ends[^1]) is { } last && first <= last
            ? new PortFilter(key == "publish", first, last, protocol)
            : throw CommandException.Usage($"filter \"{key}={value}\": not a port", "Example: 80, 53/udp or 8000-8080/tcp");
    }

    /// <summary>Whether one of the container's ports, inside or outside, is among them.</summary>
    public bool Matches(PsRow row) => row.Container.Ports.Any(Matches);

    private bool Matches(PublishedPort port) =>
        port.Protocol == protocol
        && (port.HostPort > 0 || !isPublished)
        && (Overlaps(port.ContainerPort, port.Range) || (isPublished && Overlaps(port.HostPort, port.Range)));

    private bool Overlaps(int start, int count) => start <= last && start + count - 1 >= first;

    private static int? Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= ushort.MaxValue ? port : null;
}
