using System.Collections.Immutable;

namespace Flatnet.Logs.Redaction;

/// <summary>Values with a name that tells that they are secret: <c>DB_PASSWORD=…</c>, <c>"apiKey": "…"</c>, <c>--token …</c>.</summary>
internal static class SecretKeys
{
    // The bound keeps the search linear.
    private const int LongestName = 64;

    /// <summary>What one of the words begins or ends with, as few as may be: what is searched for in every line.</summary>
    public static ImmutableArray<string> Stems { get; } = ["passw", "passphrase", "pwd", "secret", "token", "key"];

    // A name is secret when it contains one of them.
    private static ImmutableArray<string> Words { get; } =
    [
        "password", "passwd", "passphrase", "pwd", "secret", "token",
        "api_key", "apikey", "api-key", "api key",
        "access_key", "accesskey", "access-key", "access key",
        "account_key", "accountkey",
        "private_key", "privatekey", "private-key", "private key",
    ];

    /// <summary>Whether a name says that its value is secret.</summary>
    public static bool IsSecret(ReadOnlySpan<char> name)
    {
        foreach (string word in Words)
        {
            if (name.IndexOf(word, StringComparison.OrdinalIgnoreCase) is var at and >= 0 && !IsCount(name[at..]))
            {
                return true;
            }
        }

        return IsHeader(name);
    }

    /// <param name="text">The text.</param>
    /// <param name="stem">Where a stem is in the name.</param>
    public static Secret Find(ReadOnlySpan<char> text, int stem)
    {
        int start = stem;
        while (start > 0 && stem - start < LongestName && (IsNamePart(text[start - 1]) || IsBlankBeforeKey(text, start - 1)))
        {
            start--;
        }

        int end = stem + 1;
        while (end < text.Length && end - stem < LongestName && (IsNamePart(text[end]) || IsBlankBeforeKey(text, end)))
        {
            end++;
        }

        ReadOnlySpan<char> name = text[start..end];
        int value = SecretValue.Start(text, start, end, out int quote);
        if (value < 0 || !IsSecret(name) || IsDirectory(name, text[value..]))
        {
            return Secret.None(stem + 1);
        }

        ReadOnlySpan<char> nameQuote = text.Slice(end, quote);
        return IsHeader(name)
            ? SecretValue.OfHeader(text, value, nameQuote)
            : SecretValue.Find(text, value, nameQuote, isElement: text[value - 1] == '>');
    }

    private static bool IsHeader(ReadOnlySpan<char> name) => name.EndsWith("authorization", StringComparison.OrdinalIgnoreCase);

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.';

    // "secret key: …"
    private static bool IsBlankBeforeKey(ReadOnlySpan<char> text, int at) =>
        text[at] == ' ' && text[(at + 1)..].StartsWith("key", StringComparison.OrdinalIgnoreCase);

    // Tokens of a language model or a grammar are counted, not kept secret.
    private static bool IsCount(ReadOnlySpan<char> name) =>
        name.StartsWith("tokens", StringComparison.OrdinalIgnoreCase) || name.StartsWith("tokeni", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("token_count", StringComparison.OrdinalIgnoreCase) || name.StartsWith("tokencount", StringComparison.OrdinalIgnoreCase);

    // PWD of a shell is where it is.
    private static bool IsDirectory(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        name.EndsWith("pwd", StringComparison.OrdinalIgnoreCase) && value.StartsWith("/");
}
