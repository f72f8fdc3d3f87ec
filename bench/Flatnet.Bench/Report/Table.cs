namespace Flatnet.Bench.Report;

/// <summary>The table that <c>make bench</c> prints.</summary>
internal static class Table
{
    private static readonly string[] Header = ["", "flatnet", "rival", "figure", "bound", "aim", ""];

    public static void Print(TextWriter output, IReadOnlyList<Row> rows)
    {
        var lines = new List<string[]> { Header };
        lines.AddRange(rows.Select(Cells));
        var widths = Enumerable.Range(0, Header.Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines)
        {
            // The first column reads from the left, figures are compared at their right ends.
            var cells = line.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }

    private static string[] Cells(Row row) =>
    [
        row.What,
        row.Ours,
        row.Theirs,
        Row.Format(row.Figure, row.Unit),
        row.Bound is double bound ? (row.IsLeast ? ">= " : "<= ") + Row.Format(bound, row.Unit) : "",
        row.Aim is double aim ? Row.Format(aim, row.Unit) : "",
        row.Bound is null ? "info" : row.Failed ? "FAIL" : "ok",
    ];
}
