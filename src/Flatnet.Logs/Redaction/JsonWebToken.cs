using System.Buffers;

namespace Flatnet.Logs.Redaction;

/// <summary><c>eyJhbGciOiJI….eyJzdWIi….c2lnbmF0dXJl</c>, signed or encrypted.</summary>
internal static class JsonWebToken
{
    private const int LeastLength = 20;

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=");

    public static Secret Find(ReadOnlySpan<char> text, int start)
    {
        ReadOnlySpan<char> rest = text[start..];
        int length = rest.IndexOfAnyExcept(Characters) is var other and >= 0 ? other : rest.Length;
        // Without a dot it is base64 of something else, and so is every part of it.
        return length >= LeastLength && rest[..length].Contains('.') ? Secret.At(start, start + length) : Secret.None(start + length);
    }
}
