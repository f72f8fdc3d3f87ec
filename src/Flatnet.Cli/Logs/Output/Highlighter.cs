using System.Collections.Immutable;
using System.Text;

namespace Flatnet.Cli.Logs;

/// <summary>Makes what matches stand out on a terminal.</summary>
internal sealed class Highlighter(ImmutableArray<LinePattern> patterns)
{
    private const string On = "\u001b[1;7m";
    private const string Off = "\u001b[22;27m";

    public bool IsEmpty => patterns.IsEmpty;

    public string Mark(string text)
    {
        bool[]? isMarked = null;
        foreach ((int start, int length) in patterns.SelectMany(pattern => pattern.Find(text)))
        {
            isMarked ??= new bool[text.Length];
            isMarked.AsSpan(start, length).Fill(true);
        }

        if (isMarked is null)
        {
            return text;
        }

        var marked = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            bool wasMarked = i > 0 && isMarked[i - 1];
            marked.Append(isMarked[i] == wasMarked ? "" : wasMarked ? Off : On).Append(text[i]);
        }

        return marked.Append(isMarked[^1] ? Off : "").ToString();
    }
}
