using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Flatnet.Podman.CommandLine;

namespace Flatnet.Podman.Logs;

/// <summary>Logs as <c>podman logs</c> prints them: standard output and error apart, each line with its stamp.</summary>
internal sealed class CommandSource(string program, string id) : ILogSource
{
    private const int MostWaiting = 4096;
    private const int DateLength = 10;

    // Both pipes are written by one process, one line after the other; they only reach us at different moments.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    public string Name => "command";

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogPiece> ReadAsync(LogRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using ChildProcess child = ChildProcess.Start(program, ArgumentsOf(request));
        using CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Channel<ArrivedLine> output = Channel.CreateBounded<ArrivedLine>(MostWaiting);
        Channel<ArrivedLine> error = Channel.CreateBounded<ArrivedLine>(MostWaiting);
        StringBuilder complaints = new();
        Task reading = Task.WhenAll(
            ReadAsync(child.Output, LogChannel.Output, output.Writer, complaints, leaving.Token),
            ReadAsync(child.Error, LogChannel.Error, error.Writer, complaints, leaving.Token));
        try
        {
            await foreach (LogRecord line in StampMerge.ReadAsync(output.Reader, error.Reader, Patience, cancellation).ConfigureAwait(false))
            {
                yield return new LogPiece(line, false);
            }

            if (await child.WaitAsync(cancellation).ConfigureAwait(false) != 0)
            {
                throw Failed(complaints.ToString().Trim());
            }
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private List<string> ArgumentsOf(LogRequest request)
    {
        List<string> arguments = ["logs", "--timestamps"];
        if (request.Follow)
        {
            arguments.Add("--follow");
        }

        if (request.Since is { } since)
        {
            arguments.Add($"--since={Rfc3339.Format(since - Rfc3339.Second)}");
        }

        if (request.Until is { } until && !request.Follow)
        {
            arguments.Add($"--until={Rfc3339.Format(until + Rfc3339.Second)}");
        }

        if (request.Tail is { } count)
        {
            arguments.Add($"--tail={count.ToString(CultureInfo.InvariantCulture)}");
        }

        arguments.Add(id);
        return arguments;
    }

    private static async Task ReadAsync(
        Stream stream, LogChannel channel, ChannelWriter<ArrivedLine> lines, StringBuilder complaints, CancellationToken cancellation)
    {
        Exception? problem = null;
        try
        {
            long before = 0;
            await foreach (ReadOnlyMemory<byte> line in ByteLines.ReadAsync(stream, cancellation).ConfigureAwait(false))
            {
                if (!Rfc3339.TryParse(line.Span, out _, out _) && channel == LogChannel.Error)
                {
                    // Podman's own words come on the container's standard error, without a stamp.
                    complaints.AppendLine(Encoding.UTF8.GetString(line.Span));
                    continue;
                }

                LogRecord record = StampedText.Parse(Joined(line), channel, before);
                before = record.Timestamp;
                await lines.WriteAsync(new ArrivedLine(record, Environment.TickCount64), cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            problem = failure;
        }

        lines.Complete(problem);
    }

    // A line in pieces is printed with the stamp of each in its middle. What looks exactly like the line's own stamp, and is a
    // little later, is one.
    private static ReadOnlyMemory<byte> Joined(ReadOnlyMemory<byte> line)
    {
        if (!Rfc3339.TryParse(line.Span, out long time, out int length) || line.Length < length + length)
        {
            return line;
        }

        byte[] date = line[..DateLength].ToArray();
        int at = length;
        for (int found; (found = line.Span[at..].IndexOf(date)) >= 0;)
        {
            at += found;
            ReadOnlySpan<byte> rest = line.Span[at..];
            if (Rfc3339.TryParse(rest, out long next, out int nextLength) && nextLength < rest.Length && rest[nextLength] == ' '
                && next > time && next - time < 60 * Rfc3339.Second && nextLength > DateLength + 12 && rest[nextLength - 1] == line.Span[length - 1])
            {
                line = (byte[])[.. line.Span[..at], .. rest[(nextLength + 1)..]];
                time = next;
            }
            else
            {
                at += DateLength;
            }
        }

        return line;
    }

    private EngineException Failed(string complaint)
    {
        string reason = complaint.Split('\n')[^1].Trim();
        return new EngineException(
            EngineFailure.Refused,
            $"{program} logs failed: {(reason.StartsWith("Error: ", StringComparison.Ordinal) ? reason["Error: ".Length..] : reason)}",
            reason.Contains("cannot read logs", StringComparison.Ordinal) ? LogDrivers.Advice : "");
    }
}
