using System.Buffers;

namespace Flatnet.Agent.Spool;

/// <summary>Lines that were read from a stream. Dispose it when they are sent: its memory is used again.</summary>
internal sealed class SpoolBatch : IDisposable
{
    private byte[]? _bytes;

    /// <param name="bytes">Rented from the shared pool; the lines are parts of it.</param>
    /// <param name="lines">At least one.</param>
    /// <param name="firstSequence">The first line's.</param>
    /// <param name="lastSequence">The last line's.</param>
    public SpoolBatch(byte[] bytes, IReadOnlyList<ReadOnlyMemory<byte>> lines, long firstSequence, long lastSequence)
    {
        _bytes = bytes;
        Lines = lines;
        FirstSequence = firstSequence;
        LastSequence = lastSequence;
    }

    /// <summary>Each line as a JSON object in UTF-8, with all members that the server wants but for the stream's ID, in order of their sequences.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Lines { get; }

    public long FirstSequence { get; }

    public long LastSequence { get; }

    public void Dispose()
    {
        if (_bytes is { } bytes)
        {
            _bytes = null;
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
