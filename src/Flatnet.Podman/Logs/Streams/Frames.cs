using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Flatnet.Podman.Logs;

/// <summary>
/// The framing of logs over the API: a head of 8 bytes (the channel, three zeros, the length, most significant byte first),
/// then so many bytes.
/// </summary>
internal static class Frames
{
    private const int HeadLength = 8;

    // Podman sends pieces of a few KiB, and whole lines.
    private const int Longest = 1 << 24;

    /// <summary>Reads frames to the end of the stream.</summary>
    /// <exception cref="IOException">It ended within a frame.</exception>
    /// <exception cref="EngineException">These are no frames.</exception>
    public static async IAsyncEnumerable<(LogChannel Channel, byte[] Content)> ReadAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        byte[] head = new byte[HeadLength];
        while (true)
        {
            int read = await stream.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                yield break;
            }

            uint length = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4));
            if (read < HeadLength)
            {
                throw new EndOfStreamException("the log ended within the head of a frame");
            }

            if (head[0] > 2 || head[1] != 0 || head[2] != 0 || head[3] != 0 || length > Longest)
            {
                throw EngineErrors.NoAnswer("Podman", new InvalidDataException("the log is not in frames"));
            }

            byte[] content = new byte[length];
            await stream.ReadExactlyAsync(content, cancellation).ConfigureAwait(false);
            yield return (head[0] == 2 ? LogChannel.Error : LogChannel.Output, content);
        }
    }
}
