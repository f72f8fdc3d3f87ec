namespace Flatnet.Cli.Terminal;

/// <summary>Columns as wide as their widest cell, at least three spaces between them, no borders, no spaces at line ends.</summary>
internal static class PlainTable
{
    private const int Gap = 3;

    /// <summary>Writes the rows; a row may be shorter than others. The header, if wanted, is the first row.</summary>
    public static void Write(TextWriter output, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = new List<int>();
        foreach (IReadOnlyList<string> row in rows)
        {
            for (int i = 0; i < row.Count; i++)
            {
                int width = DisplayWidth.Of(row[i]);
                if (i == widths.Count)
                {
                    widths.Add(width);
                }
                else
                {
                    widths[i] = Math.Max(widths[i], width);
                }
            }
        }

        foreach (IReadOnlyList<string> row in rows)
        {
            for (int i = 0; i < row.Count; i++)
            {
                output.Write(i == row.Count - 1 ? row[i] : DisplayWidth.Pad(row[i], widths[i] + Gap));
            }

            output.Write('\n');
        }
    }
}
