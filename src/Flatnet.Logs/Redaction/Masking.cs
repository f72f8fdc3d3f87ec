using System.Text;

namespace Flatnet.Logs.Redaction;

/// <summary>Puts marks into a text, in order. A text without any is not copied.</summary>
internal ref struct Masking(string text)
{
    /// <summary>What stands where a secret was.</summary>
    public const string Mark = "[REDACTED]";

    private StringBuilder? _builder;
    private int _copied;

    /// <summary>The text with its marks.</summary>
    public readonly string Result => _builder is null ? text : _builder.ToString() + text[_copied..];

    /// <summary>Whether the last mark reaches the end of the text.</summary>
    public readonly bool ReachesEnd => _builder is not null && _copied == text.Length;

    /// <summary>Masks a part behind those that are masked already.</summary>
    public void Mask(int start, int end, string mark = Mark)
    {
        bool isAdjacent = _builder is not null && start == _copied;
        _builder ??= new StringBuilder(text.Length);
        _builder.Append(text, _copied, start - _copied);
        if (!isAdjacent)
        {
            _builder.Append(mark);
        }

        _copied = end;
    }

    /// <summary>Where the mark begins that a position is inside of; -1 when it is in none.</summary>
    public static int StartOfMarkAround(ReadOnlySpan<char> text, int position)
    {
        for (int start = Math.Max(0, position - Mark.Length + 1); start < position; start++)
        {
            if (text[start..].StartsWith(Mark))
            {
                return start;
            }
        }

        return -1;
    }
}
