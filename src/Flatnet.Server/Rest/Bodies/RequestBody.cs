using System.Buffers;
using System.IO.Compression;
using Flatnet.Logs.Wire;
using Flatnet.Server.Errors;

namespace Flatnet.Server.Rest.Bodies;

/// <summary>A request's whole body, decompressed, in a borrowed buffer.</summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstBuffer = 16 * 1024;

    private byte[] _buffer;

    private RequestBody(byte[] buffer) => _buffer = buffer;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, Length);

    /// <summary>Reads it; the limit holds for what was sent and for what it unpacks to.</summary>
    /// <exception cref="ApiException">It is too long, or packed in a way that is not understood.</exception>
    public static async Task<RequestBody> ReadAsync(HttpContext context, int limit)
    {
        if (context.Request.ContentLength > limit)
        {
            throw TooLong(limit);
        }

        long expected = context.Request.ContentLength ?? FirstBuffer;
        var body = new RequestBody(ArrayPool<byte>.Shared.Rent((int)Math.Clamp(expected, FirstBuffer, limit + 1L)));
        try
        {
            await using Stream stream = Unpack(context.Request);
            await body.FillAsync(stream, limit, context.RequestAborted);
            return body;
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException)
        {
            body.Dispose();
            throw Refusal.Format($"The body is not what Content-Encoding says: {context.Request.Headers.ContentEncoding}.");
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, Length) = ([], 0);
        }
    }

    private static Stream Unpack(HttpRequest request) => request.Headers.ContentEncoding.ToString().ToLowerInvariant() switch
    {
        "" or "identity" => request.Body,
        "gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
        "br" => new BrotliStream(request.Body, CompressionMode.Decompress),
        _ => throw new ApiException(415, ErrorCode.UnsupportedMediaType, "The body's Content-Encoding must be gzip or br, or be left out."),
    };

    private async Task FillAsync(Stream stream, int limit, CancellationToken cancellation)
    {
        int read;
        while ((read = await stream.ReadAsync(_buffer.AsMemory(Length), cancellation)) > 0)
        {
            Length += read;
            if (Length > limit)
            {
                throw TooLong(limit);
            }

            if (Length == _buffer.Length)
            {
                Grow(limit);
            }
        }
    }

    // Never more than a byte over the limit: a bomb unpacks no further.
    private void Grow(int limit)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(_buffer.Length * 2L, limit + 1L));
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private static ApiException TooLong(int limit) => Refusal.TooLarge($"The body is longer than {limit} bytes, as sent or unpacked. Send several.");
}
