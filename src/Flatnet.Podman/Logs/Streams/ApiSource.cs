using System.Globalization;
using System.Runtime.CompilerServices;

namespace Flatnet.Podman.Logs;

/// <summary>Logs over the engine's API.</summary>
internal sealed class ApiSource : ILogSource
{
    private readonly Func<string, CancellationToken, Task<Stream>> _open;
    private readonly string _path;
    private readonly bool _isFramed;

    /// <summary>A container's log.</summary>
    /// <param name="open">Sends a GET request for a path and hands out the answer's body.</param>
    /// <param name="id">The container's full ID.</param>
    /// <param name="hasTerminal">Whether it has a terminal.</param>
    /// <param name="hasLibpod">Whether Podman's own API may be used. The compatible one does not frame what a terminal got.</param>
    public ApiSource(Func<string, CancellationToken, Task<Stream>> open, string id, bool hasTerminal, bool hasLibpod)
    {
        _open = open;
        _path = $"{(hasLibpod ? "/v4.0.0/libpod" : "/v1.40")}/containers/{id}/logs?stdout=true&stderr=true&timestamps=true";
        _isFramed = hasLibpod || !hasTerminal;
    }

    /// <inheritdoc/>
    public string Name => "api";

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogPiece> ReadAsync(LogRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Stream stream = await OpenAsync(PathOf(request), cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            IAsyncEnumerable<LogPiece> pieces = _isFramed ? ReadFramesAsync(stream, cancellation) : ReadLinesAsync(stream, cancellation);
            await foreach (LogPiece piece in pieces.ConfigureAwait(false))
            {
                yield return piece;
            }
        }
    }

    /// <summary>Whether stamps have decimals; Podman 4.3.1 sends whole seconds. True for an empty log.</summary>
    public async Task<bool> IsPreciseAsync(CancellationToken cancellation)
    {
        await foreach (LogPiece piece in ReadAsync(new LogRequest { Tail = 1 }, cancellation).ConfigureAwait(false))
        {
            return piece.Record.Timestamp % Rfc3339.Second != 0;
        }

        return true;
    }

    // Podman excludes some of the bounds and includes others, depending on its log driver: a second more on each side.
    private string PathOf(LogRequest request)
    {
        string since = request.Since is { } from ? $"&since={Seconds(from) - 1}" : "";
        string until = request.Until is { } to && !request.Follow ? $"&until={Seconds(to) + 2}" : "";
        string tail = request.Tail is { } count ? $"&tail={count.ToString(CultureInfo.InvariantCulture)}" : "";
        return $"{_path}{(request.Follow ? "&follow=true" : "")}{since}{until}{tail}";
    }

    // Times at or before 1970 would make a request with 0 or a negative number; no container wrote then.
    private static long Seconds(long time)
    {
        return Math.Max(time / Rfc3339.Second, 2);
    }

    private async Task<Stream> OpenAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return await _open(path, cancellation).ConfigureAwait(false);
        }
        catch (EngineException refusal) when (refusal.Message.Contains("cannot read logs", StringComparison.Ordinal))
        {
            throw new EngineException(refusal.Failure, refusal.Message, LogDrivers.Advice, refusal);
        }
    }

    private static async IAsyncEnumerable<LogPiece> ReadFramesAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long before = 0;
        await foreach ((LogChannel channel, byte[] content) in Frames.ReadAsync(stream, cancellation).ConfigureAwait(false))
        {
            // A frame holds a line, or a piece of one without a line end; nothing forbids several lines.
            ReadOnlyMemory<byte> rest = content;
            while (!rest.IsEmpty)
            {
                int end = rest.Span.IndexOf((byte)'\n');
                LogRecord record = StampedText.Parse(end < 0 ? rest : rest[..end], channel, before);
                before = record.Timestamp;
                rest = end < 0 ? default : rest[(end + 1)..];
                yield return new LogPiece(record, end < 0);
            }
        }
    }

    private static async IAsyncEnumerable<LogPiece> ReadLinesAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long before = 0;
        await foreach (ReadOnlyMemory<byte> line in ByteLines.ReadAsync(stream, cancellation).ConfigureAwait(false))
        {
            LogRecord record = StampedText.Parse(line, LogChannel.Output, before);
            before = record.Timestamp;
            yield return new LogPiece(record, false);
        }
    }
}
