namespace Flatnet.Logs.Redaction;

/// <summary>The value behind a name: in quotes, in brackets, or up to where a writer of logs would end it. In doubt it is longer.</summary>
internal static class SecretValue
{
    // The bounds keep the search linear.
    private const int MostClosing = 16;
    private const int LongestName = 64;

    /// <summary>Where the value begins; -1 when the name has none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nameStart">Where the name begins.</param>
    /// <param name="nameEnd">Where it ends.</param>
    /// <param name="quote">The length of what closes the name, such as <c>"</c> or, in JSON within JSON, <c>\"</c>.</param>
    public static int Start(ReadOnlySpan<char> text, int nameStart, int nameEnd, out int quote)
    {
        quote = Quote.Length(text, nameEnd);
        int position = nameEnd + quote;
        position += position < text.Length && text[position] == ']' ? 1 : 0;
        int separator = position + Blanks.Length(text, position);
        if (separator >= text.Length)
        {
            return -1;
        }

        if (text[separator] is '=' or ':')
        {
            separator += text[separator..] is ['=', '>', ..] or [':', '=', ..] or ['=', '=', ..] ? 2 : 1;
        }
        else if (text[separator] == '>' && nameStart > 0 && text[nameStart - 1] == '<')
        {
            separator++;
        }
        else if (separator == position || !text[nameStart..].StartsWith("--") || text[separator] == '-')
        {
            // Only an option of a command line has a blank before its value, which is no option itself.
            return -1;
        }

        int value = separator + Blanks.Length(text, separator);
        return value < text.Length ? value : -1;
    }

    public static Secret Find(ReadOnlySpan<char> text, int start, ReadOnlySpan<char> nameQuote, bool isElement)
    {
        if (IsMasked(text, start, isElement))
        {
            return Secret.None(start + Masking.Mark.Length);
        }

        if (Quote.Length(text, start) is var quote and > 0)
        {
            int end = Quote.End(text, start, quote);
            return text[(start + quote)..end] is Masking.Mark ? Secret.None(end) : new Secret(start + quote, end, end);
        }

        // JSON stays JSON.
        int last = EndOfWord(text, text[start] is '[' or '{' ? Brackets.End(text, start) : start, isElement);
        return Secret.At(start, last) with { Mark = $"{nameQuote}{Masking.Mark}{nameQuote}" };
    }

    /// <summary>A header's value: of a scheme and credentials only the latter.</summary>
    public static Secret OfHeader(ReadOnlySpan<char> text, int start, ReadOnlySpan<char> nameQuote)
    {
        int quote = Quote.Length(text, start);
        int word = start + quote;
        while (word < text.Length && char.IsAsciiLetter(text[word]))
        {
            word++;
        }

        int blanks = Blanks.Length(text, word);
        return blanks > 0 && word + blanks < text.Length && !IsEnd(text, word + blanks, isElement: false)
            ? OfCredentials(text, word + blanks, quote > 0 ? Quote.End(text, start, quote) : text.Length)
            : Find(text, start, nameQuote, isElement: false);
    }

    private static Secret OfCredentials(ReadOnlySpan<char> text, int start, int end)
    {
        if (IsMasked(text, start, isElement: false))
        {
            return Secret.None(start + Masking.Mark.Length);
        }

        return Secret.At(start, Math.Min(end, EndOfWord(text, start, isElement: false)));
    }

    private static bool IsMasked(ReadOnlySpan<char> text, int start, bool isElement) =>
        text[start..].StartsWith(Masking.Mark) && IsEnd(text, start + Masking.Mark.Length, isElement);

    // Blanks end it, and what ends a text or begins the next name.
    private static int EndOfWord(ReadOnlySpan<char> text, int start, bool isElement)
    {
        int end = start;
        while (!IsEnd(text, end, isElement))
        {
            end++;
        }

        return end;
    }

    private static bool IsEnd(ReadOnlySpan<char> text, int at, bool isElement)
    {
        if (at >= text.Length || char.IsWhiteSpace(text[at]) || (isElement && text[at] == '<'))
        {
            return true;
        }

        return text[at] switch
        {
            '"' or '\'' or '`' or ')' or '}' or ']' or '>' or '.' or '\\' => IsClosed(text, at),
            ',' or ';' or '&' => IsClosed(text, at) || BeginsName(text[(at + 1)..]),
            _ => false,
        };
    }

    // Nothing but closing signs up to a blank, or a separator between values.
    private static bool IsClosed(ReadOnlySpan<char> text, int at)
    {
        if (text.Length - at > MostClosing)
        {
            text = text[..(at + MostClosing)];
        }

        bool isQuoted = false;
        for (int i = at; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' or '\'' or '`':
                    isQuoted = true;
                    break;
                case ')' or '}' or ']' or '>' or '.' or ';' or '\\':
                    break;
                case ',':
                    if (isQuoted)
                    {
                        return true;
                    }

                    break;
                case ':' when isQuoted:
                    return true;
                default:
                    return char.IsWhiteSpace(text[i]);
            }
        }

        return true;
    }

    private static bool BeginsName(ReadOnlySpan<char> text)
    {
        text = text.TrimStart("\"'");
        int length = 0;
        while (length < text.Length && length < LongestName && (char.IsAsciiLetterOrDigit(text[length]) || text[length] is '_' or '-' or '.'))
        {
            length++;
        }

        return length > 0 && length < text.Length && text[length] is '=' or ':' or '"' or '\'';
    }
}
