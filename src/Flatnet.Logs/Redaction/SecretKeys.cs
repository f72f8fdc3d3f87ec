using System.Collections.Immutable;

namespace Flatnet.Logs.Redaction;

/// <summary>Values with a name that tells that they are secret: <c>DB_PASSWORD=…</c>, <c>"apiKey": "…"</c>, <c>--token …</c>.</summary>
internal static class SecretKeys
{
    // The bound keeps the search linear.
    private const int LongestName = 64;

    /// <summary>A name is secret when it contains one of them.</summary>
    public static ImmutableArray<string> Words { get; } =
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
    /// <param name="word">Where a word of the name begins.</param>
    public static Secret Find(ReadOnlySpan<char> text, int word)
    {
        int start = word;
        while (start > 0 && word - start < LongestName && IsNamePart(text[start - 1]))
        {
            start--;
        }

        int end = word + 1;
        while (end < text.Length && end - word < LongestName && (IsNamePart(text[end]) || IsBlankBeforeKey(text, end)))
        {
            end++;
        }

        ReadOnlySpan<char> name = text[word..end];
        Secret none = Secret.None(word + 1);
        if (!IsSecretAtStart(name))
        {
            return none;
        }

        int value = SecretValue.Start(text, start, end, out string quote);
        if (value < 0 || IsDirectory(name, text[value..]))
        {
            return none;
        }

        return IsHeader(name)
            ? SecretValue.OfHeader(text, value, quote)
            : SecretValue.Find(text, value, quote, isElement: text[value - 1] == '>');
    }

    private static bool IsSecretAtStart(ReadOnlySpan<char> name)
    {
        foreach (string word in Words)
        {
            if (name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return !IsCount(name);
            }
        }

        return IsHeader(name);
    }

    private static bool IsHeader(ReadOnlySpan<char> name) => name.Equals("authorization", StringComparison.OrdinalIgnoreCase);

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
        name.Equals("pwd", StringComparison.OrdinalIgnoreCase) && value.StartsWith("/");
}
