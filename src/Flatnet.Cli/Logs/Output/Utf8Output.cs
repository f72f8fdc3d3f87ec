using System.Buffers;
using System.Text;

namespace Flatnet.Cli.Logs;

/// <summary>Standard output in bytes: a line need not become characters on its way, and stays what it was.</summary>
internal sealed class Utf8Output(TextWriter writer) : IBufferWriter<byte>
{
    private const int Block = 32 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(2 * Block);

    public void Write(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    public void Write(string text) => Encoding.UTF8.GetBytes(text, _buffer);

    /// <summary>Ends a line; passes on what has gathered if that is much.</summary>
    public void EndLine()
    {
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= Block)
        {
            Send();
        }
    }

    /// <summary>Passes on everything.</summary>
    public void Flush()
    {
        if (_buffer.WrittenCount > 0)
        {
            Send();
            writer.Flush();
        }
    }

    void IBufferWriter<byte>.Advance(int count) => _buffer.Advance(count);

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint) => _buffer.GetMemory(sizeHint);

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => _buffer.GetSpan(sizeHint);

    private void Send()
    {
        if (writer is StreamWriter stream)
        {
            // What was written as text comes first.
            stream.Flush();
            stream.BaseStream.Write(_buffer.WrittenSpan);
        }
        else
        {
            writer.Write(Encoding.UTF8.GetString(_buffer.WrittenSpan));
        }

        _buffer.ResetWrittenCount();
    }
}
