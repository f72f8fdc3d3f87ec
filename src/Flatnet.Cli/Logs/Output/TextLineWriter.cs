using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Logs;

/// <summary>Prints lines for people: name if there are several, time, line.</summary>
/// <param name="output">Where to.</param>
/// <param name="terminal">What that is.</param>
/// <param name="options">What the user wants to see.</param>
/// <param name="targets">All names, for the width and colours of prefixes.</param>
internal sealed class TextLineWriter(Utf8Output output, TerminalInfo terminal, LogsOptions options, ImmutableArray<string> targets) : ILineWriter
{
    private readonly LineStamp _stamp = new(options.Zone);
    private readonly Highlighter _highlighter = new(terminal.Color ? options.Highlights : []);
    private readonly bool _hasPrefix = options.Prefix ?? targets.Length > 1;
    private readonly FrozenDictionary<string, byte[]> _prefixes = Prefixes(targets, terminal.Color);
    private readonly Dictionary<LogOrigin, long> _lastNumbers = [];

    public void Begin(string target, string source)
    {
    }

    public void Write(in LogLine line)
    {
        WriteSeparator(line);
        if (_hasPrefix)
        {
            output.Write(_prefixes[line.Origin.Target]);
        }

        // Podman's own command shows no times unless asked; whoever reads a store wants them.
        if (line.Timestamp is { } timestamp && (options.Timestamps ?? line.Origin.Source != "podman"))
        {
            output.Write(_stamp.Of(timestamp));
            output.Write(" "u8);
        }

        if (terminal.IsOutput || !_highlighter.IsEmpty)
        {
            output.Write(Printable(Encoding.UTF8.GetString(line.Text.Span)));
        }
        else
        {
            output.Write(line.Text.Span);
        }

        output.EndLine();
    }

    public void End(ImmutableArray<string> warnings)
    {
    }

    private string Printable(string text)
    {
        string safe = terminal.IsOutput ? SafeText.For(text, terminal.Color) : text;
        string marked = _highlighter.Mark(safe);
        // A colour that a line leaves on would reach into the next one.
        return terminal.IsOutput && safe.Contains('\u001b') ? marked + "\u001b[0m" : marked;
    }

    // As grep does: a line between groups that do not touch.
    private void WriteSeparator(in LogLine line)
    {
        if (line.Number == 0 || !options.Selection.HasContext)
        {
            return;
        }

        if (_lastNumbers.TryGetValue(line.Origin, out long last) ? line.Number != last + 1 : _lastNumbers.Count > 0)
        {
            output.Write("--"u8);
            output.EndLine();
        }

        _lastNumbers[line.Origin] = line.Number;
    }

    private static FrozenDictionary<string, byte[]> Prefixes(ImmutableArray<string> targets, bool hasColor)
    {
        int width = targets.Max(DisplayWidth.Of);
        FrozenDictionary<string, int> colors = TargetColors.Of(targets);
        return targets.Distinct().ToFrozenDictionary(name => name, name =>
        {
            string padded = DisplayWidth.Pad(name, width) + " | ";
            return Encoding.UTF8.GetBytes(hasColor ? $"\u001b[{colors[name]}m{padded}\u001b[0m" : padded);
        });
    }
}
