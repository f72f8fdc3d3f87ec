using Microsoft.Win32.SafeHandles;

namespace Flatnet.Podman.Logs;

/// <summary>Finds where lines begin in a file.</summary>
internal static class LineStart
{
    private const int Step = 1 << 13;

    /// <summary>The first beginning of a line at or after a place; the limit if there is none before it.</summary>
    public static long AtOrAfter(SafeFileHandle file, long place, long limit)
    {
        if (place <= 0)
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[Step];
        for (long at = place - 1; at < limit; at += Step)
        {
            int read = RandomAccess.Read(file, bytes, at);
            int newline = bytes[..read].IndexOf((byte)'\n');
            if (newline >= 0)
            {
                return Math.Min(at + newline + 1, limit);
            }

            if (read == 0)
            {
                break;
            }
        }

        return limit;
    }

    /// <summary>The last beginning of a line at or before a place.</summary>
    public static long AtOrBefore(SafeFileHandle file, long place)
    {
        Span<byte> bytes = stackalloc byte[Step];
        for (long end = place; end > 0; end -= Step)
        {
            long start = Math.Max(0, end - Step);
            int read = RandomAccess.Read(file, bytes[..(int)(end - start)], start);
            int newline = bytes[..read].LastIndexOf((byte)'\n');
            if (newline >= 0)
            {
                return start + newline + 1;
            }
        }

        return 0;
    }
}
