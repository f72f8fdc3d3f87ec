using System.Threading.Channels;

namespace Flatnet.Podman.Tests.Logs.Streams;

/// <summary>The reading end of a connection: bytes come in pieces of odd lengths, until it ends or breaks.</summary>
internal sealed class Connection : Stream
{
    private const int LongestPiece = 1000;

    private readonly Channel<byte[]> _sent = Channel.CreateUnbounded<byte[]>();
    private ReadOnlyMemory<byte> _rest;
    private int _reads;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public void Send(byte[] bytes)
    {
        _sent.Writer.TryWrite(bytes);
    }

    public void End()
    {
        _sent.Writer.TryComplete();
    }

    /// <summary>Breaks off after some last bytes.</summary>
    public void Cut(ReadOnlySpan<byte> last)
    {
        Send(last.ToArray());
        _sent.Writer.TryComplete(last.Length % 2 == 0 ? new IOException("the connection broke") : null);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_rest.IsEmpty)
        {
            if (!await _sent.Reader.WaitToReadAsync(cancellationToken))
            {
                return 0;
            }

            _sent.Reader.TryRead(out byte[]? next);
            _rest = next;
        }

        int count = Math.Min(Math.Min(buffer.Length, _rest.Length), 1 + (_reads++ * 37 % LongestPiece));
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
