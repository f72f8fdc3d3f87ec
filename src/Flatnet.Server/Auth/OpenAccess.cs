using System.Net;
using Flatnet.Server.Auth.Origins;

namespace Flatnet.Server.Auth;

/// <summary>Whether a request without a credential comes from the machine itself. Only that is served, as an administrator's, while nothing
/// at all is configured, so that the first look needs no set-up.</summary>
internal static class OpenAccess
{
    public static readonly Principal Principal = new("local", Scopes.Admin, null, null);

    public static bool Allows(HttpRequest request) => IsFromHere(request) && IsToHere(request.Host) && !IsForwarded(request.Headers) && IsOwnPage(request);

    private static bool IsFromHere(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);

    // A page of some site whose name was made to lead to 127.0.0.1 (DNS rebinding) still sends the site's name.
    private static bool IsToHere(HostString host) =>
        host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    // A proxy on this machine passes on the requests of others.
    private static bool IsForwarded(IHeaderDictionary headers) =>
        headers.ContainsKey("Forwarded") || headers.ContainsKey("X-Forwarded-For") || headers.ContainsKey("X-Real-IP") || headers.ContainsKey("Via");

    private static bool IsOwnPage(HttpRequest request) =>
        request.Headers.Origin.ToString() is not { Length: > 0 } origin || OriginPolicy.IsSameHost(request, origin);
}
