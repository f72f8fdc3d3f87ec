namespace Flatnet.Logs.Redaction;

/// <summary>Quotes around a text: <c>"</c>, <c>'</c>, <c>`</c>, with backslashes before them where a quoted text holds another.</summary>
internal static class Quote
{
    // As deep as texts are quoted in texts; the bound keeps the search linear.
    private const int MostBackslashes = 16;

    /// <summary>The length of the quote that begins here; 0 when there is none.</summary>
    public static int Length(ReadOnlySpan<char> text, int start)
    {
        int quote = start;
        while (quote < text.Length && quote - start < MostBackslashes && text[quote] == '\\')
        {
            quote++;
        }

        return quote < text.Length && text[quote] is '"' or '\'' or '`' ? quote + 1 - start : 0;
    }

    /// <summary>Where the quote begins that closes the one of this length; the end of the text when none does.</summary>
    public static int End(ReadOnlySpan<char> text, int start, int length)
    {
        char quote = text[start + length - 1];
        int backslashes = 0;
        for (int i = start + length; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                backslashes++;
                continue;
            }

            if (text[i] == quote && (length == 1 ? backslashes % 2 == 0 : backslashes < length))
            {
                if (length > 1 || i + 1 == text.Length || text[i + 1] != quote)
                {
                    return i - Math.Min(backslashes, length - 1);
                }

                // Doubled, it is part of the text.
                i++;
            }

            backslashes = 0;
        }

        return text.Length;
    }
}
