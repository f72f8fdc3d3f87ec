using System.Globalization;
using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Ps.Formats;

/// <summary>The table of <c>flatnet ps</c>.</summary>
internal sealed class TableFormat(PsOptions options, bool color) : IPsFormat
{
    public PsNeeds Needs => PsNeeds.Addresses;

    public bool HidesWarnings => false;

    public void Write(TextWriter output, PsListing listing)
    {
        if (listing.Rows.IsEmpty)
        {
            output.Write(Dim("No containers found.") + "\n");
            return;
        }

        List<TableColumn> columns = [.. options.Namespaces ? TableColumn.OfNamespaces : TableColumn.Usual];
        if (options.Pod)
        {
            columns.AddRange(TableColumn.OfPods);
        }

        if (options.Size)
        {
            columns.Add(TableColumn.OfSize);
        }

        var rows = new List<IReadOnlyList<string>>(listing.Rows.Length + 1);
        if (!options.NoHeading)
        {
            rows.Add(columns.ConvertAll(static column => column.Header));
        }

        foreach (PsRow row in listing.Rows)
        {
            rows.Add(columns.ConvertAll(column => CellText.OrDash(column.Text(row, options.NoTruncate))));
        }

        PlainTable.Write(output, rows);
        if (!options.NoHeading)
        {
            // Always the plural, so that scripts can rely on the words.
            string footer = string.Create(
                CultureInfo.InvariantCulture,
                $"Total: {listing.Rows.Length} containers, {listing.Allocated} Flatnet IPs allocated");
            output.Write("\n" + Dim(footer) + "\n");
        }
    }

    private string Dim(string text) => color ? $"\u001b[2m{text}\u001b[0m" : text;
}
