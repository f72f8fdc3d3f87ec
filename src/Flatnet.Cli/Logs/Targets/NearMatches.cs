using System.Collections.Immutable;

namespace Flatnet.Cli.Logs;

/// <summary>Names that someone may have meant.</summary>
internal static class NearMatches
{
    private const int Most = 3;

    /// <summary>The nearest names: those that begin with the text or contain it, and those that a few typing mistakes make of it.</summary>
    public static ImmutableArray<string> Of(string text, IEnumerable<string> names)
    {
        int allowed = Math.Max(1, text.Length / 3);
        return [.. names.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => (Name: name, Distance: Distance(text, name)))
            .Where(candidate => candidate.Distance <= allowed)
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Take(Most).Select(candidate => candidate.Name)];
    }

    private static int Distance(string text, string name) =>
        text.Length >= 3 && name.Contains(text, StringComparison.OrdinalIgnoreCase) ? 1 : EditDistance(text.ToLowerInvariant(), name.ToLowerInvariant());

    /// <summary>How many letters must be put in, left out, changed, or exchanged with their neighbour.</summary>
    public static int EditDistance(string one, string other)
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
}
