using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Flatnet.Agent.Spool;

/// <summary>How far the server has a stream, kept for whoever replays it. A file that is damaged says nothing: the lines are sent again, and the server knows them.</summary>
internal sealed class AcknowledgedFile : IDisposable
{
    public const string Name = "acknowledged";

    private const int Length = sizeof(long) * 2;

    private readonly SafeFileHandle _file;

    public AcknowledgedFile(string directory) => _file = SpoolFiles.OpenOrCreate(Path.Combine(directory, Name));

    public long Read()
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (RandomAccess.Read(_file, bytes, 0) != Length)
        {
            return 0;
        }

        long sequence = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return sequence > 0 && BinaryPrimitives.ReadInt64LittleEndian(bytes[sizeof(long)..]) == ~sequence ? sequence : 0;
    }

    public void Write(long sequence)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, sequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[sizeof(long)..], ~sequence);
        RandomAccess.Write(_file, bytes, 0);
    }

    public void Dispose() => _file.Dispose();
}
