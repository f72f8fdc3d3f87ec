using Spectre.Console.Rendering;

namespace Flatnet.Cli.Terminal;

/// <summary>How many columns a text takes on a terminal: a Japanese character takes two.</summary>
internal static class DisplayWidth
{
    public static int Of(string text)
    {
        foreach (char c in text)
        {
            if (c is < ' ' or > '~')
            {
                return new Segment(text).CellCount();
            }
        }

        return text.Length;
    }

    /// <summary>The text with spaces behind it up to the width.</summary>
    public static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - Of(text)));
}
