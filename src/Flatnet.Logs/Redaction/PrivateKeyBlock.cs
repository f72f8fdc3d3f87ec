namespace Flatnet.Logs.Redaction;

/// <summary>Private keys as text, in one line or over many: everything from BEGIN to END is one secret.</summary>
internal struct PrivateKeyBlock
{
    /// <summary>What a key, or a certificate, begins with.</summary>
    public const string Begin = "-----BEGIN ";

    private const string End = "-----END ";
    private const string Dashes = "-----";
    private const string Kind = "PRIVATE KEY";

    // "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK" and the like.
    private const int LongestLabel = 48;

    // Three times the lines of the largest key in use. A BEGIN without END must not swallow a log.
    private const int MostLines = 1000;

    private int _linesLeft;

    /// <summary>The next line begins inside a key.</summary>
    public readonly bool IsOpen => _linesLeft > 0;

    /// <summary>The line without what belongs to a key.</summary>
    public string Mask(string text)
    {
        var masking = new Masking(text);
        int position = 0;
        while (true)
        {
            int start = IsOpen ? position : Find(text, position, Begin);
            if (start < 0)
            {
                return masking.Result;
            }

            int end = Find(text, start, End);
            if (end < 0)
            {
                _linesLeft = IsOpen ? _linesLeft - 1 : MostLines;
                if (start < text.Length)
                {
                    masking.Mask(start, text.Length);
                }

                return masking.Result;
            }

            _linesLeft = 0;
            position = AfterLabel(text, end + End.Length);
            masking.Mask(start, position);
        }
    }

    private static int Find(string text, int position, string marker)
    {
        while (text.IndexOf(marker, position, StringComparison.Ordinal) is var found and >= 0)
        {
            position = found + marker.Length;
            if (text.AsSpan(position, Math.Min(LongestLabel, text.Length - position)).Contains(Kind, StringComparison.Ordinal))
            {
                return found;
            }
        }

        return -1;
    }

    private static int AfterLabel(string text, int position)
    {
        int length = Math.Min(LongestLabel + Dashes.Length, text.Length - position);
        int dashes = text.AsSpan(position, length).IndexOf(Dashes);
        return dashes < 0 ? text.Length : position + dashes + Dashes.Length;
    }
}
