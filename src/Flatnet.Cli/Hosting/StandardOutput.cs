using System.Runtime.InteropServices;
using System.Text;
using Flatnet.Interop;

namespace Flatnet.Cli.Hosting;

/// <summary>File descriptor 1. <c>Console</c> goes on in silence when nobody reads any more; a follower of logs must end then.</summary>
internal sealed unsafe class StandardOutput : Stream
{
    private const int Descriptor = 1;
    private const int BufferSize = 32 * 1024;

    /// <summary>Told before anything is written: what stands on the terminal only until then goes away.</summary>
    public Action? Writing { get; set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>A writer that keeps its text until it is flushed.</summary>
    public static StreamWriter CreateWriter() => new(new StandardOutput(), new UTF8Encoding(false), BufferSize) { NewLine = "\n" };

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Writing?.Invoke();
        while (buffer.Length > 0)
        {
            nint written;
            fixed (byte* start = buffer)
            {
                written = Libc.write(Descriptor, start, (nuint)buffer.Length);
            }

            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            int errno = Marshal.GetLastPInvokeError();
            if (errno == Errno.EINTR)
            {
                continue;
            }

            var cause = new IOException($"standard output cannot be written: {Errno.Describe(errno)} ({Errno.Name(errno)})");
            throw errno == Errno.EPIPE ? new OutputClosedException(cause) : cause;
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer, offset, count);
        return Task.CompletedTask;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
