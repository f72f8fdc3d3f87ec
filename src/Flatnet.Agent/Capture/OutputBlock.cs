using System.Runtime.InteropServices;
using Flatnet.Interop;
using Flatnet.Logs;

namespace Flatnet.Agent.Capture;

/// <summary>The bytes of one read, or of some that came within a moment. Its memory is not the collector's: bursts come and go.</summary>
internal sealed unsafe class OutputBlock : IDisposable
{
    /// <summary>The room of each.</summary>
    public const int Size = 256 * 1024;

    private readonly byte* _bytes = (byte*)NativeMemory.Alloc(Size);
    private int _length;

    public LogSource Source { get; private set; }

    /// <summary>When the first of them were read, in nanoseconds since 1970.</summary>
    public long Timestamp { get; private set; }

    /// <summary>The line ends in them.</summary>
    public int Lines { get; private set; }

    public ReadOnlySpan<byte> Bytes => new(_bytes, _length);

    /// <summary>Reads what is there.</summary>
    /// <returns>As read(2).</returns>
    public nint Read(int descriptor, LogSource source)
    {
        nint count = Libc.read(descriptor, _bytes, Size);
        _length = (int)Math.Max(count, 0);
        Lines = Bytes.Count((byte)'\n');
        Source = source;
        Timestamp = Clock.Now();
        return count;
    }

    /// <summary>Takes the bytes of another block of the same source, if they have room.</summary>
    public bool TryAdd(OutputBlock other)
    {
        if (_length + other._length > Size)
        {
            return false;
        }

        other.Bytes.CopyTo(new Span<byte>(_bytes + _length, other._length));
        _length += other._length;
        Lines += other.Lines;
        return true;
    }

    public void Dispose() => NativeMemory.Free(_bytes);
}
