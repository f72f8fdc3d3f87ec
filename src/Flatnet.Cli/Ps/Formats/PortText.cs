using System.Collections.Immutable;
using System.Globalization;
using Flatnet.Podman;

namespace Flatnet.Cli.Ps.Formats;

/// <summary>Ports as engines show them: <c>0.0.0.0:8080->80/tcp, 53/udp</c>.</summary>
internal static class PortText
{
    public static string Of(ImmutableArray<PublishedPort> ports) => string.Join(", ", ports.Select(Of));

    private static string Of(PublishedPort port)
    {
        string inside = Span(port.ContainerPort, port.Range) + "/" + port.Protocol;
        string host = port.HostIp switch
        {
            "" => "0.0.0.0",
            var address when address.Contains(':', StringComparison.Ordinal) => $"[{address}]",
            var address => address,
        };
        return port.HostPort == 0 ? inside : $"{host}:{Span(port.HostPort, port.Range)}->{inside}";
    }

    private static string Span(int first, int count) => string.Create(
        CultureInfo.InvariantCulture, $"{first}{(count > 1 ? "-" + (first + count - 1).ToString(CultureInfo.InvariantCulture) : "")}");
}
