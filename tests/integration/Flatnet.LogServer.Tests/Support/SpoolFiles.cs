using System.Buffers.Binary;

namespace Flatnet.LogServer.Tests.Support;

/// <summary>Reads what an agent had put into its spool, without the agent's own reader.</summary>
internal static class SpoolFiles
{
    // u32 length of the payload, u32 checksum, u64 sequence, u8 kind.
    private const int HeaderLength = 17;
    private const byte LineKind = 1;

    /// <summary>The last line that was written whole; 0 without any.</summary>
    /// <param name="directory">A task's spool.</param>
    public static long LastSequence(string directory)
    {
        long last = 0;
        foreach (string file in Directory.EnumerateFiles(directory, "*.seg", SearchOption.AllDirectories))
        {
            ReadOnlySpan<byte> rest = File.ReadAllBytes(file);
            while (rest.Length >= HeaderLength && BinaryPrimitives.ReadInt32LittleEndian(rest) is var length && rest.Length >= HeaderLength + length)
            {
                if (rest[16] == LineKind)
                {
                    last = Math.Max(last, BinaryPrimitives.ReadInt64LittleEndian(rest[8..]));
                }

                rest = rest[(HeaderLength + length)..];
            }
        }

        return last;
    }
}
