using System.Runtime.CompilerServices;

namespace Flatnet.Podman.Logs;

/// <summary>Splits a stream into lines.</summary>
internal static class ByteLines
{
    private const int Block = 1 << 16;

    /// <summary>Lines without their line ends; each is the caller's to keep. The last one may have had no line end.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        byte[] buffer = new byte[Block];
        int filled = 0;
        int read;
        while ((read = await stream.ReadAsync(buffer.AsMemory(filled), cancellation).ConfigureAwait(false)) > 0)
        {
            int searched = filled;
            int start = 0;
            filled += read;
            for (int length; (length = buffer.AsSpan(searched..filled).IndexOf((byte)'\n')) >= 0; start = searched)
            {
                yield return buffer.AsSpan(start..(searched + length)).ToArray();
                searched += length + 1;
            }

            buffer.AsSpan(start..filled).CopyTo(buffer);
            filled -= start;
            if (filled >= 2 * LineAssembler.LongestLine)
            {
                // No log has such lines; it is cut rather than held in memory.
                yield return buffer.AsSpan(..filled).ToArray();
                filled = 0;
            }
            else if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }

        if (filled > 0)
        {
            yield return buffer.AsSpan(..filled).ToArray();
        }
    }
}
