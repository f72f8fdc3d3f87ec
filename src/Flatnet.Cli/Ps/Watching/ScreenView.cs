using System.Globalization;
using System.Text;
using Flatnet.Cli.Ps.Formats;
using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Ps.Watching;

/// <summary>Shows the list on the terminal's alternate screen, and leaves the terminal as it was.</summary>
/// <param name="output">The terminal.</param>
/// <param name="terminal">Its size.</param>
/// <param name="format">How a list is printed.</param>
internal sealed class ScreenView(TextWriter output, TerminalInfo terminal, IPsFormat format) : IPsView
{
    // xterm's control sequences: alternate screen, cursor hidden, lines not wrapped; and back.
    private const string Enter = "\u001b[?1049h\u001b[?25l\u001b[?7l";
    private const string Leave = "\u001b[?7h\u001b[?25h\u001b[?1049l";
    private const string Home = "\u001b[H";
    private const string RestOfLine = "\u001b[K";
    private const string RestOfScreen = "\u001b[J";

    private string _list = "";
    private bool _isEntered;

    public void Show(PsListing listing)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        format.Write(text, listing);
        if (!format.HidesWarnings && !listing.Warnings.IsEmpty)
        {
            text.Write('\n');
            PsWarnings.Write(text, listing.Warnings);
        }

        _list = text.ToString();
        Draw(_list);
    }

    public void ShowProblem(string message) => Draw(PsWarnings.Line(message) + "\n" + _list);

    public void Dispose()
    {
        if (!_isEntered)
        {
            return;
        }

        try
        {
            output.Write(Leave);
            output.Flush();
        }
        catch (IOException)
        {
            // Nobody sees the terminal any more.
        }
    }

    // Line by line over what is there: a screen that is cleared first flickers.
    private void Draw(string text)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        bool isCut = lines.Length > terminal.Height;
        int shown = isCut ? Math.Max(0, terminal.Height - 1) : lines.Length;
        var screen = new StringBuilder(_isEntered ? "" : Enter).Append(Home);
        _isEntered = true;
        for (int i = 0; i < shown; i++)
        {
            screen.Append(i == 0 ? "" : "\r\n").Append(lines[i]).Append(RestOfLine);
        }

        if (isCut)
        {
            screen.Append(CultureInfo.InvariantCulture, $"\r\n... {lines.Length - shown} more lines").Append(RestOfLine);
        }

        output.Write(screen.Append(RestOfScreen).ToString());
        output.Flush();
    }
}
