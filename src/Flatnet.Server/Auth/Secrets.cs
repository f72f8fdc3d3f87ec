using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Flatnet.Server.Auth;

/// <summary>Random secrets and their hashes. They have 256 bits, which nobody guesses: a plain SHA-256 keeps them as well as a slow
/// hash would, and costs a microsecond instead of a quarter of a second for each request.</summary>
internal static class Secrets
{
    private const int Bytes = 32;
    private const int IdBytes = 8;

    /// <summary>256 random bits, base64url.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Names a key or a login; no secret.</summary>
    public static string CreateId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Compares in a time that does not depend on where they differ.</summary>
    public static bool Matches(string secret, ReadOnlySpan<byte> hash) => CryptographicOperations.FixedTimeEquals(Hash(secret), hash);

    /// <summary>Takes <c>PREFIX_ID_SECRET</c> apart.</summary>
    public static bool TrySplit(string text, string prefix, out string id, out string secret)
    {
        (id, secret) = ("", "");
        int end = text.StartsWith(prefix, StringComparison.Ordinal) ? text.IndexOf('_', prefix.Length) : -1;
        if (end < 0)
        {
            return false;
        }

        (id, secret) = (text[prefix.Length..end], text[(end + 1)..]);
        return true;
    }
}
