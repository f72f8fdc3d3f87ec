using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Flatnet.Server.Hosting;

/// <summary>Where the server listens: an address with a port, or a unix socket.</summary>
/// <param name="EndPoint">The address; null for a unix socket.</param>
/// <param name="SocketPath">The absolute path of a unix socket; null for an address.</param>
internal sealed record ListenAddress(IPEndPoint? EndPoint, string? SocketPath)
{
    private const string UnixPrefix = "unix:";

    public static readonly ListenAddress Default = new(new IPEndPoint(IPAddress.Loopback, 8080), null);

    /// <summary>Reachable from this machine alone.</summary>
    public bool IsLocal => EndPoint is null || IPAddress.IsLoopback(EndPoint.Address);

    /// <summary><c>127.0.0.1:8080</c>, <c>[::1]:8080</c>, <c>localhost:8080</c>, <c>*:8080</c> (every address), <c>unix:/run/flatnet/flatnetd.sock</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? address)
    {
        address = null;
        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal))
        {
            string path = text[UnixPrefix.Length..];
            address = Path.IsPathFullyQualified(path) ? new ListenAddress(null, path) : null;
            return address is not null;
        }

        int colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return false;
        }

        IPAddress? ip = text[..colon] switch
        {
            "*" => IPAddress.IPv6Any,
            "localhost" => IPAddress.Loopback,
            ['[', .. string inner, ']'] => IPAddress.TryParse(inner, out IPAddress? v6) ? v6 : null,
            string host when !host.Contains(':') => IPAddress.TryParse(host, out IPAddress? v4) ? v4 : null,
            _ => null,
        };
        address = ip is null ? null : new ListenAddress(new IPEndPoint(ip, port), null);
        return address is not null;
    }

    public override string ToString() => EndPoint?.ToString() ?? UnixPrefix + SocketPath;
}
