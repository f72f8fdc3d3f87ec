using Flatnet.Server.Auth.Files;

namespace Flatnet.Server.Auth.Keys;

/// <summary>Knows API keys.</summary>
internal sealed class KeyAuthenticator(WatchedFile<KeyDocument> keys, TimeProvider time)
{
    // Compared with when the ID is unknown, so that the answer takes as long.
    private static readonly byte[] Nothing = new byte[32];

    /// <exception cref="Errors.ApiException">401.</exception>
    public Principal Authenticate(string credential)
    {
        if (!Secrets.TrySplit(credential, ApiKey.Prefix, out string id, out string secret))
        {
            throw AuthErrors.Invalid();
        }

        ApiKey? key = keys.Current.Keys.FirstOrDefault(key => key.Id == id);
        if (!Secrets.Matches(secret, key?.Hash ?? Nothing) || key is null)
        {
            throw AuthErrors.Invalid();
        }

        return key.ExpiresAt is { } end && end <= time.GetUtcNow() ? throw AuthErrors.Expired() : key.Principal;
    }
}
