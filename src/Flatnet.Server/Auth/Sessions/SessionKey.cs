using System.Security.Cryptography;
using Flatnet.Server.Auth.Files;
using Microsoft.IdentityModel.Tokens;

namespace Flatnet.Server.Auth.Sessions;

/// <summary>The secret that signs the tokens of logins. Made at the first use, and then kept, so that logins outlive a restart.</summary>
internal static class SessionKey
{
    private const int Bytes = 32;

    /// <exception cref="IOException">The file can be neither read nor made.</exception>
    public static SymmetricSecurityKey LoadOrCreate(string path)
    {
        using IDisposable held = OwnerOnlyFile.Lock(path);
        byte[]? secret = OwnerOnlyFile.Read(path, out _);
        if (secret is null)
        {
            secret = RandomNumberGenerator.GetBytes(Bytes);
            OwnerOnlyFile.Replace(path, secret);
        }

        return secret.Length == Bytes
            ? new SymmetricSecurityKey(secret)
            : throw new IOException($"{path} has {secret.Length} bytes instead of {Bytes}. Remove it: a new one is made, and everybody has to log in again.");
    }
}
