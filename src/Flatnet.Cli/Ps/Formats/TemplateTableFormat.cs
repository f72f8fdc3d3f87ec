using System.Collections.Immutable;
using System.Text;
using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Ps.Formats;

/// <summary>A table whose columns are what a template has between its tabs.</summary>
internal sealed class TemplateTableFormat(string template, PsOptions options) : IPsFormat
{
    private readonly ImmutableArray<TemplatePart> _parts = TemplateParser.Parse(template);

    public PsNeeds Needs => _parts.Aggregate(PsNeeds.None, (needs, part) => needs | part.Needs);

    public bool HidesWarnings => false;

    public void Write(TextWriter output, PsListing listing)
    {
        var rows = new List<IReadOnlyList<string>>(listing.Rows.Length + 1);
        if (!options.NoHeading)
        {
            rows.Add(Cells(part => part.Header));
        }

        foreach (PsRow row in listing.Rows)
        {
            rows.Add(Cells(part => CellText.Clean(part.Text(row, options.NoTruncate))));
        }

        PlainTable.Write(output, rows);
    }

    private List<string> Cells(Func<TemplatePart, string> text)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        foreach (TemplatePart part in _parts)
        {
            if (!part.IsLiteral)
            {
                cell.Append(text(part));
                continue;
            }

            string[] pieces = part.Header.Replace('\n', ' ').Split('\t');
            cell.Append(pieces[0]);
            foreach (string piece in pieces.Skip(1))
            {
                cells.Add(cell.ToString());
                cell.Clear().Append(piece);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
