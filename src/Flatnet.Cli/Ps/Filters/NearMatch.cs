namespace Flatnet.Cli.Ps.Filters;

/// <summary>Guesses what a mistyped word was meant to be.</summary>
internal static class NearMatch
{
    private const int Farthest = 2;

    /// <summary>The word with the fewest letters to change; null when none is close.</summary>
    public static string? Find(string typed, IEnumerable<string> words)
    {
        string? nearest = null;
        int least = Math.Min(Farthest, typed.Length - 1) + 1;
        foreach (string word in words)
        {
            int distance = Distance(typed, word);
            if (distance < least)
            {
                (nearest, least) = (word, distance);
            }
        }

        return nearest;
    }

    // Levenshtein, keeping one row.
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = diagonal + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
