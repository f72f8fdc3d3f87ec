using System.Collections.Frozen;

namespace Flatnet.Cli.Logs;

/// <summary>A colour per target: from its name, so that it is the same tomorrow, and different ones while there are enough.</summary>
internal static class TargetColors
{
    private static ReadOnlySpan<byte> Palette => [36, 32, 33, 34, 35, 96, 92, 93, 94, 95];

    /// <summary>The number of an SGR sequence for each name.</summary>
    public static FrozenDictionary<string, int> Of(IEnumerable<string> names)
    {
        var colors = new Dictionary<string, int>();
        var taken = new HashSet<int>();
        foreach (string name in names.Distinct().Order(StringComparer.Ordinal))
        {
            int place = (int)(Hash(name) % (uint)Palette.Length);
            while (taken.Count < Palette.Length && !taken.Add(place))
            {
                place = (place + 1) % Palette.Length;
            }

            colors[name] = Palette[place];
        }

        return colors.ToFrozenDictionary();
    }

    // FNV-1a: .NET's own hash of a text is another in each process.
    private static uint Hash(string name)
    {
        uint hash = 2166136261;
        foreach (char c in name)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return hash;
    }
}
