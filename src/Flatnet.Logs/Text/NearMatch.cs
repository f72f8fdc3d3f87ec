namespace Flatnet.Logs.Text;

/// <summary>What somebody may have meant.</summary>
public static class NearMatch
{
    private const int Most = 3;

    /// <summary>The candidates that contain the text, or differ from it by a third of its letters at most; nearest first.</summary>
    public static List<string> Find(string text, IEnumerable<string> candidates)
    {
        int bound = Math.Max(1, text.Length / 3);
        return [.. candidates.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(candidate => (Text: candidate, Distance: Distance(text.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= bound || Contains(candidate.Text, text))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Text, StringComparer.Ordinal)
            .Take(Most)
            .Select(candidate => candidate.Text)];
    }

    /// <summary>How many letters must be put in, left out, changed, or exchanged with their neighbour.</summary>
    public static int Distance(string one, string other)
    {
        int[,] distances = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++)
        {
            for (int j = 0; j <= other.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distances[i, j] = i + j;
                    continue;
                }

                int change = one[i - 1] == other[j - 1] ? 0 : 1;
                int best = Math.Min(Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1, distances[i - 1, j - 1] + change);
                bool isExchanged = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
                distances[i, j] = isExchanged ? Math.Min(best, distances[i - 2, j - 2] + 1) : best;
            }
        }

        return distances[one.Length, other.Length];
    }

    // One or two letters are part of too many.
    private static bool Contains(string candidate, string text) =>
        text.Length >= 3 && candidate.Contains(text, StringComparison.OrdinalIgnoreCase);
}
