using System.IO.Pipelines;
using Flatnet.Logs;

namespace Flatnet.Server.Export;

/// <summary>Sends lines as they are read: what is held does not grow with their number.</summary>
internal static class LineStream
{
    /// <summary>Bytes that gather before they are sent; the flush waits for a reader who is slower.</summary>
    private const int Piece = 64 * 1024;

    public static async Task WriteAsync(PipeWriter output, ILineFormat format, IAsyncEnumerable<(string TaskId, LogEntry Entry)> lines, CancellationToken cancellation)
    {
        format.Begin(output);
        await foreach ((string taskId, LogEntry entry) in lines.WithCancellation(cancellation))
        {
            format.Write(output, taskId, entry);
            if (output.UnflushedBytes >= Piece)
            {
                await output.FlushAsync(cancellation);
            }
        }

        format.End(output);
        await output.FlushAsync(cancellation);
    }
}
