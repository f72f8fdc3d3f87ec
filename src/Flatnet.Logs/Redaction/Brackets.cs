namespace Flatnet.Logs.Redaction;

/// <summary>Values of several parts: <c>[…]</c>, <c>{…}</c>.</summary>
internal static class Brackets
{
    /// <summary>Behind the bracket that closes the one at the start; the end of the text when none does.</summary>
    public static int End(ReadOnlySpan<char> text, int start)
    {
        int depth = 0;
        for (int i = start; i < text.Length; i++)
        {
            if (text[i] is '[' or '{')
            {
                depth++;
            }
            else if (text[i] is ']' or '}')
            {
                depth--;
            }
            else if (text[i] == '"')
            {
                // What is quoted may have brackets of its own.
                i = Quote.End(text, i, length: 1);
            }

            if (depth == 0)
            {
                return i + 1;
            }
        }

        return text.Length;
    }
}
