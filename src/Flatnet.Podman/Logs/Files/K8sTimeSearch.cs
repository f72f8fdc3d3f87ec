using Microsoft.Win32.SafeHandles;

namespace Flatnet.Podman.Logs;

/// <summary>Finds the part of a log file that was written in a span of time, without reading the rest.</summary>
internal static class K8sTimeSearch
{
    // Stamps of both channels may be out of order by a little, and clocks are set.
    private const long Margin = 5 * Rfc3339.Second;

    private const int Samples = 32;
    private const int ProbeSize = 1 << 14;

    /// <summary>The beginning and the end of a part that holds every line in the range; other lines may be in it too.</summary>
    public static (long From, long To) Find(SafeFileHandle file, long length, TimeRange range, ScanSizes sizes)
    {
        if (length <= sizes.ReadWhole || (range.Since == long.MinValue && range.Until == long.MaxValue) || !IsOrdered(file, length))
        {
            return (0, length);
        }

        long from = range.Since == long.MinValue ? 0 : Bracket(file, length, range.Since - Margin).Low;
        long to = range.Until == long.MaxValue ? length : Bracket(file, length, range.Until + Margin).High;
        return (from, Math.Max(from, to));
    }

    // Beginnings of lines around the first line that is not before a time.
    private static (long Low, long High) Bracket(SafeFileHandle file, long length, long time)
    {
        long low = 0;
        long high = length;
        while (high - low > ProbeSize)
        {
            long middle = low + ((high - low) / 2);
            if (TimeAt(file, middle) is not { } found)
            {
                break;
            }

            (low, high) = found < time ? (middle, high) : (low, middle);
        }

        return (LineStart.AtOrBefore(file, low), LineStart.AtOrAfter(file, high, length));
    }

    // The clock may have been set back while the file was written. A look at some places shows it if it matters.
    private static bool IsOrdered(SafeFileHandle file, long length)
    {
        long last = long.MinValue;
        for (int sample = 0; sample < Samples; sample++)
        {
            if (TimeAt(file, length / Samples * sample) is not { } time || time < last)
            {
                return false;
            }

            last = time;
        }

        return true;
    }

    // The stamp of the first line that begins at or after a place.
    private static long? TimeAt(SafeFileHandle file, long place)
    {
        Span<byte> probe = stackalloc byte[ProbeSize];
        long start = LineStart.AtOrBefore(file, place);
        Span<byte> lines = probe[..RandomAccess.Read(file, probe, start)];
        while (!lines.IsEmpty)
        {
            int end = lines.IndexOf((byte)'\n');
            if (K8sRecord.TryParse(end < 0 ? lines : lines[..end], out K8sRecord head))
            {
                return head.Timestamp;
            }

            lines = end < 0 ? [] : lines[(end + 1)..];
        }

        return null;
    }
}
