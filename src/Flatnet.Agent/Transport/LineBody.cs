using System.Buffers;
using System.Text;
using System.Text.Json;
using Flatnet.Agent.Spool;

namespace Flatnet.Agent.Transport;

/// <summary>
/// Puts the spool's lines, which are JSON objects already, into one message: nothing is encoded a second time. The memory is used again for the next message.
/// </summary>
internal sealed class LineBody
{
    private readonly ArrayBufferWriter<byte> _bytes = new(64 * 1024);
    private readonly byte[] _frameStart;
    private readonly byte[] _lineStart;

    public LineBody(string streamId)
    {
        string quoted = '"' + JsonEncodedText.Encode(streamId).ToString() + '"';
        _frameStart = Encoding.UTF8.GetBytes($$"""{"type":"logs","streamId":{{quoted}},"entries":[""");
        _lineStart = Encoding.UTF8.GetBytes($$"""{"streamId":{{quoted}},""");
    }

    /// <summary>A <c>logs</c> message.</summary>
    public ReadOnlyMemory<byte> Frame(SpoolBatch batch)
    {
        _bytes.ResetWrittenCount();
        _bytes.Write(_frameStart);
        for (int i = 0; i < batch.Lines.Count; i++)
        {
            if (i > 0)
            {
                _bytes.Write(","u8);
            }

            _bytes.Write(batch.Lines[i].Span);
        }

        _bytes.Write("]}"u8);
        return _bytes.WrittenMemory;
    }

    /// <summary>A body of one object per line; each names its stream, because the request does not.</summary>
    public ReadOnlyMemory<byte> Lines(SpoolBatch batch)
    {
        _bytes.ResetWrittenCount();
        foreach (ReadOnlyMemory<byte> line in batch.Lines)
        {
            _bytes.Write(_lineStart);
            // Behind the brace.
            _bytes.Write(line.Span[1..]);
            _bytes.Write("\n"u8);
        }

        return _bytes.WrittenMemory;
    }
}
