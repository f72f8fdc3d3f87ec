using Microsoft.Win32.SafeHandles;

namespace Flatnet.Cli.Logs;

/// <summary>Reads the lines of a file from its end.</summary>
internal static class FileLinesBackward
{
    private const int Block = 64 * 1024;

    /// <summary>Lines before a place in the file, last first. The one that ends there may lack its line end.</summary>
    public static IEnumerable<byte[]> Read(SafeFileHandle file, long end)
    {
        byte[] rest = [];
        bool isEnd = true;
        bool hasLines = end > 0;
        while (end > 0)
        {
            int size = (int)Math.Min(Block, end);
            end -= size;
            byte[] block = new byte[size + rest.Length];
            int read = RandomAccess.Read(file, block.AsSpan(0, size), end);
            rest.CopyTo(block, read);
            int length = read + rest.Length;
            if (isEnd && length > 0 && block[length - 1] == '\n')
            {
                length--;
            }

            isEnd = false;
            // What is before the first line end belongs to a line that begins further up.
            while (block.AsSpan(0, length).LastIndexOf((byte)'\n') is var start and >= 0)
            {
                yield return Line(block, start + 1, length);
                length = start;
            }

            rest = block[..length];
        }

        if (hasLines)
        {
            yield return Line(rest, 0, rest.Length);
        }
    }

    /// <summary>Where the last whole line of a file ends.</summary>
    public static long EndOfWholeLines(SafeFileHandle file)
    {
        long end = RandomAccess.GetLength(file);
        byte[] block = new byte[Block];
        while (end > 0)
        {
            int size = (int)Math.Min(Block, end);
            int read = RandomAccess.Read(file, block.AsSpan(0, size), end - size);
            int last = block.AsSpan(0, read).LastIndexOf((byte)'\n');
            if (last >= 0)
            {
                return end - size + last + 1;
            }

            end -= size;
        }

        return 0;
    }

    private static byte[] Line(byte[] block, int start, int end) => block[start..(end > start && block[end - 1] == '\r' ? end - 1 : end)];
}
