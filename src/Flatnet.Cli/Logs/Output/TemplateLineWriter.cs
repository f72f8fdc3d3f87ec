using System.Collections.Immutable;
using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Logs;

/// <summary>Prints lines as a template says.</summary>
internal sealed class TemplateLineWriter(Utf8Output output, TerminalInfo terminal, LineTemplate template) : ILineWriter
{
    public void Begin(string target, string source)
    {
    }

    public void Write(in LogLine line)
    {
        string text = template.Render(line);
        output.Write(terminal.IsOutput ? SafeText.For(text, terminal.Color) : text);
        output.EndLine();
    }

    public void End(ImmutableArray<string> warnings)
    {
    }
}
