using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Flatnet.Cli.Logs;

/// <summary>A log file and the one before it (<c>.1</c>): plain text, or JSON lines as the plugin writes them.</summary>
/// <param name="path">The file.</param>
/// <param name="target">Whose lines they are.</param>
internal sealed class FileSource(string path, string target) : ILogSource
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public LogOrigin Origin { get; } = new(target, "file");

    public string Description => "the log file";

    public bool Exists => File.Exists(path) || File.Exists(path + ".1");

    public bool CanApply(LineFilter filter) => true;

    public IEnumerable<long?> Windows(long until) => [null];

    public IAsyncEnumerable<LogLine> ReadAsync(LineQuery query, CancellationToken cancellation) =>
        query.Follow ? FollowAsync(query, cancellation) : HistoryAsync(query);

    private async IAsyncEnumerable<LogLine> HistoryAsync(LineQuery query)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        using SafeFileHandle? older = Open(path + ".1");
        using SafeFileHandle? newer = Open(path);
        if (older is null && newer is null)
        {
            throw new SourceUnavailableException($"there is no {path}", isEmpty: true);
        }

        if (query.Tail is { } count)
        {
            foreach (LogLine line in Last(query, count, older, newer, newer is null ? 0 : RandomAccess.GetLength(newer)))
            {
                yield return line;
            }

            yield break;
        }

        foreach (LogLine line in Whole(older, query).Concat(Whole(newer, query)))
        {
            yield return line;
        }
    }

    private async IAsyncEnumerable<LogLine> FollowAsync(LineQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using SafeFileHandle? older = Open(path + ".1");
        SafeFileHandle? file = Open(path);
        if (older is null && file is null)
        {
            throw new SourceUnavailableException($"there is no {path}", isEmpty: true);
        }

        try
        {
            // A line that is being written is left for later.
            long end = file is null ? 0 : FileLinesBackward.EndOfWholeLines(file);
            foreach (LogLine line in query.Tail is { } count ? Last(query, count, older, file, end) : Whole(older, query))
            {
                yield return line;
            }

            FileLines? lines = file is null ? null : new FileLines(file, query.Tail is null ? 0 : end);
            while (query.Until is not { } until || DateTimeOffset.UtcNow < Times.UnixTime.Time(until))
            {
                // Seen as replaced first, read afterwards: what is there then is all of it.
                SafeFileHandle? next = file is null || IsReplaced(file) ? Open(path) : null;
                lines?.Refresh();
                while (lines is not null && (lines.TryRead(out ReadOnlyMemory<byte> text) || (next is not null && lines.TryFinish(out text))))
                {
                    if (Wanted(text, query) is { } line)
                    {
                        yield return line;
                    }
                }

                if (next is not null)
                {
                    file?.Dispose();
                    file = next;
                    lines = new FileLines(file, 0);
                    continue;
                }

                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            file?.Dispose();
        }
    }

    private IEnumerable<LogLine> Whole(SafeFileHandle? file, LineQuery query)
    {
        FileLines? lines = file is null ? null : new FileLines(file, 0);
        while (lines is not null && (lines.TryRead(out ReadOnlyMemory<byte> text) || lines.TryFinish(out text)))
        {
            if (Wanted(text, query) is { } line)
            {
                yield return line;
            }
        }
    }

    private IEnumerable<LogLine> Last(LineQuery query, int count, SafeFileHandle? older, SafeFileHandle? newer, long end)
    {
        IEnumerable<byte[]> backward = newer is null ? [] : FileLinesBackward.Read(newer, end);
        if (older is not null)
        {
            backward = backward.Concat(FileLinesBackward.Read(older, RandomAccess.GetLength(older)));
        }

        return backward.Select(text => Wanted(text, query)).OfType<LogLine>().Take(count).Reverse();
    }

    private LogLine? Wanted(ReadOnlyMemory<byte> text, LineQuery query)
    {
        long? timestamp = null;
        if (JsonLogLine.TryRender(text.Span, out long time, out byte[] readable))
        {
            timestamp = time == 0 ? null : time;
            text = query.Raw ? text : readable;
        }

        if (timestamp is { } known && (known < query.Since || known >= query.Until))
        {
            return null;
        }

        var line = new LogLine(Origin, timestamp, null, text);
        return query.Filter is null || query.Filter.IsMatch(line.Record) ? line : null;
    }

    private bool IsReplaced(SafeFileHandle file)
    {
        // The kernel tells the name that an open file has now; "(deleted)" behind it if it has none.
        string? now = new FileInfo($"/proc/self/fd/{file.DangerousGetHandle()}").LinkTarget;
        string real = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        return now is not null && now != real && File.Exists(path);
    }

    private static SafeFileHandle? Open(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new SourceUnavailableException($"cannot read {path}: {exception.Message}", isEmpty: false, exception);
        }
    }
}
