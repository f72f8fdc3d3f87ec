using System.Buffers;

namespace Flatnet.Server.Auth;

/// <summary>What keys and users may be called: it stands in logs and in the limits' buckets.</summary>
internal static class AccountName
{
    private const int MaxLength = 64;

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-@+");

    /// <exception cref="FormatException">It is not a name.</exception>
    public static void Check(string name)
    {
        if (name.Length is 0 or > MaxLength || name.AsSpan().ContainsAnyExcept(Characters))
        {
            throw new FormatException($"'{name}' cannot be a name: use up to {MaxLength} letters, digits and . _ - @ +");
        }
    }
}
