namespace Flatnet.Cli.Terminal;

/// <summary>What somebody may have meant.</summary>
internal static class NearMatch
{
    /// <summary>The candidates that differ from the text by a third of its letters at most, nearest first.</summary>
    public static List<string> Find(string text, IEnumerable<string> candidates)
    {
        int bound = Math.Max(1, text.Length / 3);
        return [.. candidates
            .Select(candidate => (Candidate: candidate, Distance: Distance(text.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(pair => pair.Distance <= bound || (text.Length >= 3 && pair.Candidate.Contains(text, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .Select(pair => pair.Candidate)
            .Take(5)];
    }

    /// <summary>How many letters must be put in, taken out or exchanged (Levenshtein).</summary>
    public static int Distance(string one, string other)
    {
        int[] row = new int[other.Length + 1];
        for (int j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= one.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int change = one[i - 1] == other[j - 1] ? diagonal : diagonal + 1;
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
