using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Ps.Formats;

/// <summary>Somebody else's text in a cell of a table.</summary>
internal static class CellText
{
    /// <summary>One line, without anything that a terminal obeys.</summary>
    public static string Clean(string text) => SafeText.For(text.Replace('\n', ' ').Replace('\t', ' '), keepColors: false);

    /// <summary>The same, with a dash when there is nothing.</summary>
    public static string OrDash(string text) => Clean(text) is { Length: > 0 } clean ? clean : "-";
}
