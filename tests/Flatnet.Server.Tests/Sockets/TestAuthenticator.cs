using System.Collections.Concurrent;
using Flatnet.Server.Auth;
using Flatnet.Server.Errors;
using Microsoft.AspNetCore.Http;

namespace Flatnet.Server.Tests.Sockets;

/// <summary>Knows a few tokens by name.</summary>
internal sealed class TestAuthenticator : IAuthenticator
{
    private readonly ConcurrentDictionary<string, Principal> _principals = new();

    public TestAuthenticator()
    {
        Add("viewer", Scopes.LogsRead);
        Add("agent", Scopes.LogsWrite);
        Add("both", Scopes.LogsRead | Scopes.LogsWrite);
        Add("deleter", Scopes.LogsDelete);
        Add("viewer-of-t", Scopes.LogsRead, "t");
        Add("agent-of-t", Scopes.LogsWrite, "t");
    }

    public void Add(string token, Scopes scopes, params string[] tasks) =>
        _principals[token] = new(token, scopes, tasks.Length == 0 ? null : [.. tasks], null);

    public void Add(string token, Scopes scopes, DateTimeOffset expiresAt) => _principals[token] = new(token, scopes, null, expiresAt);

    public async Task<Principal?> AuthenticateAsync(HttpRequest request, CancellationToken cancellation) =>
        request.Headers.Authorization.ToString() is { Length: > 0 } header ? await AuthenticateAsync(header["Bearer ".Length..], cancellation) : null;

    public async Task<Principal> AuthenticateAsync(string credential, CancellationToken cancellation)
    {
        await Task.Yield();
        return _principals.GetValueOrDefault(credential) ?? throw new ApiException(401, "UNAUTHORIZED", "The token is not valid.");
    }
}
