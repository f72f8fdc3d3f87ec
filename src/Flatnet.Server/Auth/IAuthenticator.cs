namespace Flatnet.Server.Auth;

/// <summary>Tells who stands behind a credential.</summary>
internal interface IAuthenticator
{
    /// <summary>The asker behind the headers of a request (<c>Authorization: Bearer</c>, <c>X-API-Key</c>) or its cookie; null if there is no credential at all.</summary>
    /// <exception cref="Errors.ApiException">There is one, and it is not good: 401.</exception>
    public Task<Principal?> AuthenticateAsync(HttpRequest request, CancellationToken cancellation);

    /// <summary>The asker behind a token or an API key on its own (the WebSocket's first message).</summary>
    /// <exception cref="Errors.ApiException">It is not good: 401.</exception>
    public Task<Principal> AuthenticateAsync(string credential, CancellationToken cancellation);
}
