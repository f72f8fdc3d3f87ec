using System.Collections.Immutable;

namespace Flatnet.Server.Auth.Origins;

/// <summary>Which web pages may make a browser speak to the server: those that it serves itself, and those of the configured origins.</summary>
internal sealed class OriginPolicy(ImmutableArray<string> allowed)
{
    private const string Any = "*";

    /// <summary>Whether a request may be served. Without an Origin it does not come from a web page, unless a cookie says that a browser
    /// sent it: then only a page of ours, or one that is named, will do (<c>*</c> names nobody).</summary>
    public bool Allows(HttpRequest request, bool hasCookie = false)
    {
        string? origin = request.Headers.Origin;
        return string.IsNullOrEmpty(origin)
            ? !hasCookie
            : IsSameHost(request, origin) || allowed.Contains(origin, StringComparer.OrdinalIgnoreCase) || (!hasCookie && allowed.Contains(Any));
    }

    /// <summary>Whether a request's Origin is the server itself, as its Host names it. The scheme is not compared: behind a proxy that ends TLS
    /// it differs.</summary>
    public static bool IsSameHost(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri)
        && uri.Scheme is "http" or "https"
        && string.Equals(uri.Authority, WithoutDefaultPort(request.Host, uri), StringComparison.OrdinalIgnoreCase);

    private static string WithoutDefaultPort(HostString host, Uri origin) =>
        host.Port is { } port && origin.IsDefaultPort && port == origin.Port ? host.Host : host.Value ?? "";
}
