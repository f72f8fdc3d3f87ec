namespace Flatnet.Logs.Redaction;

/// <summary>The room that people leave around a separator.</summary>
internal static class Blanks
{
    // More is no alignment any more; the bound keeps the search linear.
    private const int Most = 64;

    public static int Length(ReadOnlySpan<char> text, int start)
    {
        int length = 0;
        while (length < Most && start + length < text.Length && text[start + length] is ' ' or '\t')
        {
            length++;
        }

        return length;
    }
}
