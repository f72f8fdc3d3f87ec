using System.Globalization;

namespace Flatnet.Cli.Ps.Formats;

/// <summary>Sizes with three significant digits, in powers of 1000.</summary>
internal static class SizeText
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>As engines show it: <c>1.2kB (virtual 5.31MB)</c>; empty when nothing was measured.</summary>
    public static string Of(long? written, long? whole) => whole is null && written is null ? "" : $"{Of(written ?? 0)} (virtual {Of(whole ?? 0)})";

    private static string Of(long bytes)
    {
        double size = bytes;
        int unit = 0;

        // What would be rounded to 1000 is one of the next unit.
        while (size >= 999.5 && unit < Units.Length - 1)
        {
            size /= 1000;
            unit++;
        }

        string format = size < 9.995 ? "0.##" : size < 99.95 ? "0.#" : "0";
        return size.ToString(format, CultureInfo.InvariantCulture) + Units[unit];
    }
}
