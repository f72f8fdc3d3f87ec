using System.Globalization;

namespace Flatnet.Settings;

/// <summary>A number of bytes as a user writes it: <c>5MiB</c>, <c>1GiB</c>, <c>100MB</c>, <c>4096</c>.</summary>
internal static class SizeText
{
    public const string Forms = "a size such as 5MiB, 100MB or 4096";

    private static readonly (string Name, long Bytes)[] Units =
    [
        ("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10),
        ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000),
        ("B", 1), ("", 1),
    ];

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        (string name, long factor) = Units.First(unit => text.EndsWith(unit.Name, StringComparison.OrdinalIgnoreCase));
        ReadOnlySpan<char> number = text.AsSpan(0, text.Length - name.Length).TrimEnd(' ');
        // So many digits times the greatest unit fit in a decimal.
        if (number.Length > 16 || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            || value * factor > long.MaxValue)
        {
            return false;
        }

        bytes = (long)(value * factor);
        return true;
    }

    /// <summary>With the greatest unit that leaves a whole number.</summary>
    public static string Format(long bytes)
    {
        (string name, long factor) = Units.First(unit => bytes % unit.Bytes == 0 && (bytes != 0 || unit.Bytes == 1));
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / factor}{name}");
    }
}
