namespace Flatnet.Server.Auth.Requests;

/// <summary>The credential that a request carries. Never in its address: addresses stand in logs.</summary>
/// <param name="Text">The token or key.</param>
/// <param name="IsCookie">The browser added it, whichever page made the request.</param>
internal readonly record struct Credential(string Text, bool IsCookie)
{
    private const string ApiKeyHeader = "X-API-Key";
    private const string Bearer = "Bearer ";

    /// <summary>From <c>X-API-Key</c>, <c>Authorization</c> or the cookie, the first that is there; null without any.</summary>
    /// <exception cref="Errors.ApiException">The header is not <c>Bearer</c>: 401.</exception>
    public static Credential? Of(HttpRequest request)
    {
        if (request.Headers[ApiKeyHeader].ToString() is { Length: > 0 } key)
        {
            return new Credential(key, IsCookie: false);
        }

        if (request.Headers.Authorization.ToString() is { Length: > 0 } header)
        {
            return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
                ? new Credential(header[Bearer.Length..].Trim(), IsCookie: false)
                : throw AuthErrors.Scheme();
        }

        return request.Cookies[SessionCookie.Name] is { Length: > 0 } cookie ? new Credential(cookie, IsCookie: true) : null;
    }

    public override string ToString() => nameof(Credential);
}
