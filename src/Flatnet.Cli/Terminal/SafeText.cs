using System.Text;

namespace Flatnet.Cli.Terminal;

/// <summary>Text of somebody else's, made safe to print: a log line or a container's name may carry sequences that a terminal obeys.</summary>
internal static class SafeText
{
    /// <summary>Without control characters but TAB; colours (SGR sequences) stay if wanted.</summary>
    public static string For(string text, bool keepColors)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u001f') && !text.AsSpan().ContainsAnyInRange('\u007f', '\u009f'))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\u001b' && LengthOfColor(text, i) is var length and > 0)
            {
                if (keepColors)
                {
                    safe.Append(text, i, length);
                }

                i += length - 1;
            }
            else if (c == '\t' || !char.IsControl(c))
            {
                safe.Append(c);
            }
        }

        return safe.ToString();
    }

    /// <summary>As <see cref="For"/>, without colours, but of several lines.</summary>
    public static string Lines(string text) => string.Join('\n', text.Split('\n').Select(static line => For(line, keepColors: false)));

    // ESC [ digits and separators m.
    private static int LengthOfColor(string text, int start)
    {
        if (start + 1 >= text.Length || text[start + 1] != '[')
        {
            return 0;
        }

        int end = start + 2;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is ';' or ':'))
        {
            end++;
        }

        return end < text.Length && text[end] == 'm' ? end + 1 - start : 0;
    }
}
