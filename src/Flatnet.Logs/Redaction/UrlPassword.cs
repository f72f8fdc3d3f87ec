using System.Buffers;

namespace Flatnet.Logs.Redaction;

/// <summary>The password in <c>scheme://user:password@host</c>; in http also a user without one, which is a token.</summary>
internal static class UrlPassword
{
    private static readonly SearchValues<char> EndOfAuthority = SearchValues.Create("/?#\\\"'`<> \t\r\n");

    /// <param name="text">The text.</param>
    /// <param name="colon">Where <c>://</c> begins.</param>
    public static Secret Find(ReadOnlySpan<char> text, int colon)
    {
        int start = colon + 3;
        ReadOnlySpan<char> authority = text[start..];
        authority = authority.IndexOfAny(EndOfAuthority) is var end and >= 0 ? authority[..end] : authority;
        int at = authority.LastIndexOf('@');
        if (at < 0)
        {
            return Secret.None(start);
        }

        ReadOnlySpan<char> user = authority[..at];
        int divider = user.IndexOf(':');
        bool isHttp = text[..colon].EndsWith("http", StringComparison.OrdinalIgnoreCase) || text[..colon].EndsWith("https", StringComparison.OrdinalIgnoreCase);
        ReadOnlySpan<char> secret = divider >= 0 ? user[(divider + 1)..] : isHttp ? user : [];
        return secret is Masking.Mark ? Secret.None(start + at) : new Secret(start + at - secret.Length, start + at, start + at);
    }
}
