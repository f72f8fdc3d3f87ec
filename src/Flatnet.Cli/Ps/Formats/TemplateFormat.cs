using System.Collections.Immutable;
using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Ps.Formats;

/// <summary>A line per container as a template says.</summary>
internal sealed class TemplateFormat(string template, PsOptions options, TerminalInfo terminal) : IPsFormat
{
    private readonly ImmutableArray<TemplatePart> _parts = TemplateParser.Parse(template);

    public PsNeeds Needs => _parts.Aggregate(PsNeeds.None, (needs, part) => needs | part.Needs);

    public bool HidesWarnings => false;

    public void Write(TextWriter output, PsListing listing)
    {
        foreach (PsRow row in listing.Rows)
        {
            foreach (TemplatePart part in _parts)
            {
                string text = part.Text(row, options.NoTruncate);
                output.Write(terminal.IsOutput && !part.IsLiteral ? SafeText.For(text, keepColors: false) : text);
            }

            output.Write('\n');
        }
    }
}
