using Flatnet.Server.Auth.Files;
using Flatnet.Server.Auth.Keys;
using Flatnet.Server.Auth.Users;

namespace Flatnet.Server.Auth;

/// <summary>What is configured at the moment.</summary>
internal sealed class AuthState(AuthOptions options, WatchedFile<KeyDocument> keys, WatchedFile<UserDocument> users)
{
    private readonly byte[]? _adminHash = options.AdminToken is { } token ? Secrets.Hash(token) : null;

    /// <summary>Nothing is: this machine's own requests need no credential. The first key or user ends it at once.</summary>
    public bool IsOpen => _adminHash is null && options.Jwt is null && !keys.Exists && !users.Exists;

    public bool IsAdminToken(string credential) => _adminHash is not null && Secrets.Matches(credential, _adminHash);
}
