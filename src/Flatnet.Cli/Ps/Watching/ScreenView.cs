using System.Globalization;
using System.Text;
using Flatnet.Cli.Ps.Formats;
using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Ps.Watching;

/// <summary>Shows the list on the terminal's alternate screen, and leaves the terminal as it was.</summary>
internal sealed class ScreenView : IPsView
{
    // xterm's control sequences: alternate screen, cursor hidden, lines not wrapped; and back.
    private const string Enter = "\u001b[?1049h\u001b[?25l\u001b[?7l";
    private const string Leave = "\u001b[?7h\u001b[?25h\u001b[?1049l";
    private const string Home = "\u001b[H";
    private const string RestOfLine = "\u001b[K";
    private const string RestOfScreen = "\u001b[J";

    private readonly TextWriter _output;
    private readonly TerminalInfo _terminal;
    private readonly IPsFormat _format;
    private string _list = "";

    public ScreenView(TextWriter output, TerminalInfo terminal, IPsFormat format)
    {
        _output = output;
        _terminal = terminal;
        _format = format;
        _output.Write(Enter);
        _output.Flush();
    }

    public void Show(PsListing listing)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        _format.Write(text, listing);
        if (!_format.HidesWarnings && !listing.Warnings.IsEmpty)
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
        try
        {
            _output.Write(Leave);
            _output.Flush();
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
        bool isCut = lines.Length > _terminal.Height;
        int shown = isCut ? Math.Max(0, _terminal.Height - 1) : lines.Length;
        var screen = new StringBuilder(Home);
        for (int i = 0; i < shown; i++)
        {
            screen.Append(i == 0 ? "" : "\r\n").Append(lines[i]).Append(RestOfLine);
        }

        if (isCut)
        {
            screen.Append(CultureInfo.InvariantCulture, $"\r\n... {lines.Length - shown} more lines").Append(RestOfLine);
        }

        _output.Write(screen.Append(RestOfScreen).ToString());
        _output.Flush();
    }
}
