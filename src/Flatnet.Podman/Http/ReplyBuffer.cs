using System.Net.Sockets;
using System.Text;

namespace Flatnet.Podman.Http;

/// <summary>Reads lines and bytes from a connection, which it owns.</summary>
internal sealed class ReplyBuffer(Socket socket) : IDisposable
{
    /// <summary>The longest line of a head that is accepted, and how much is read at once.</summary>
    public const int Size = 16 * 1024;

    private readonly byte[] _bytes = new byte[Size];
    private int _start;
    private int _end;

    /// <summary>Sends all the bytes.</summary>
    /// <exception cref="HttpException">The connection broke.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[await socket.SendAsync(bytes, cancellation).ConfigureAwait(false)..];
            }
        }
        catch (SocketException problem)
        {
            throw Broken(problem);
        }
    }

    /// <summary>Reads up to the next line end.</summary>
    /// <exception cref="HttpException">The connection ended, or the line does not.</exception>
    public async ValueTask<string> ReadLineAsync(CancellationToken cancellation)
    {
        int searched = 0;
        while (true)
        {
            int length = _bytes.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                string line = Encoding.Latin1.GetString(_bytes, _start, searched + length);
                _start += searched + length + 1;
                return line.TrimEnd('\r');
            }

            searched = _end - _start;
            MoveToFront();
            if (_end == Size)
            {
                throw new HttpException($"a line is longer than {Size} bytes");
            }

            int count = await ReceiveAsync(_bytes.AsMemory(_end), cancellation).ConfigureAwait(false);
            _end += count > 0 ? count : throw new HttpException("the connection ended within the head of the answer");
        }
    }

    /// <summary>Reads what is there, at least one byte.</summary>
    /// <returns>The number of bytes; 0 at the end of the connection.</returns>
    /// <exception cref="HttpException">The connection broke.</exception>
    public ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellation)
    {
        if (_start == _end)
        {
            return ReceiveAsync(destination, cancellation);
        }

        int count = Math.Min(destination.Length, _end - _start);
        _bytes.AsSpan(_start, count).CopyTo(destination.Span);
        _start += count;
        return ValueTask.FromResult(count);
    }

    public void Dispose()
    {
        socket.Dispose();
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> destination, CancellationToken cancellation)
    {
        try
        {
            return await socket.ReceiveAsync(destination, cancellation).ConfigureAwait(false);
        }
        catch (SocketException problem)
        {
            throw Broken(problem);
        }
    }

    private static HttpException Broken(SocketException problem) => new($"the connection broke: {problem.Message}", problem);

    private void MoveToFront()
    {
        _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
        _end -= _start;
        _start = 0;
    }
}
