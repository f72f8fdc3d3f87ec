using System.Globalization;

namespace Flatnet.Podman.Http;

/// <summary>The body of an answer. Owns the connection.</summary>
internal sealed class BodyStream(ReplyBuffer buffer, BodyFraming framing, long length) : Stream
{
    // Of the body, or of the piece that is being read.
    private long _remaining = framing == BodyFraming.Length ? length : 0;
    private bool _begun;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="HttpException">The connection ended within the body, or a piece's length is none.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        if (_ended || destination.IsEmpty)
        {
            return 0;
        }

        if (framing == BodyFraming.UntilClose)
        {
            return await buffer.ReadAsync(destination, cancellationToken).ConfigureAwait(false);
        }

        if (_remaining == 0 && framing == BodyFraming.Chunked)
        {
            await ReadPieceLengthAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_remaining == 0)
        {
            _ended = true;
            return 0;
        }

        Memory<byte> wanted = destination[..(int)Math.Min(destination.Length, _remaining)];
        int count = await buffer.ReadAsync(wanted, cancellationToken).ConfigureAwait(false);
        _remaining -= count > 0 ? count : throw new HttpException("the connection ended within the answer");
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        return ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            buffer.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask ReadPieceLengthAsync(CancellationToken cancellation)
    {
        if (_begun && (await buffer.ReadLineAsync(cancellation).ConfigureAwait(false)).Length > 0)
        {
            throw new HttpException("a piece of the answer is longer than it says");
        }

        _begun = true;
        string line = await buffer.ReadLineAsync(cancellation).ConfigureAwait(false);
        ReadOnlySpan<char> digits = line.AsSpan(0, line.IndexOf(';') is >= 0 and int end ? end : line.Length).Trim();
        if (!long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _remaining) || _remaining < 0)
        {
            throw new HttpException("a piece of the answer has no length");
        }
    }
}
