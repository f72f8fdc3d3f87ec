using Microsoft.Win32.SafeHandles;

namespace Flatnet.Podman.Logs;

/// <summary>Finds the last wanted lines of a part of a log file, going back from its end step by step.</summary>
internal sealed class K8sTail(SafeFileHandle file, ILineFilter? filter, TimeRange range, bool hasTerminal, ScanSizes sizes)
{
    /// <summary>The last lines, the oldest first.</summary>
    /// <param name="from">The beginning of a line.</param>
    /// <param name="to">Up to where to read.</param>
    /// <param name="count">How many lines.</param>
    /// <param name="isWholeEnd">Whether a line without its end counts, because nothing goes on reading there.</param>
    /// <param name="cancellation">Ends the search.</param>
    public IEnumerable<LogRecord> Read(long from, long to, int count, bool isWholeEnd, CancellationToken cancellation)
    {
        Stack<Step> steps = new();
        long missing = count;
        long kept = 0;
        long size = sizes.FirstStep;
        for (long end = to; end > from && missing > 0; size = Math.Min(size * 4, sizes.LongestStep))
        {
            cancellation.ThrowIfCancellationRequested();
            long start = Math.Max(from, LineStart.AtOrBefore(file, end - size));
            Step step = Collect(start, end, missing, isWholeEnd && end == to, sizes.Kept - kept);
            missing -= step.Count;
            kept += step.Size;
            end = start;
            if (step.Count > 0)
            {
                steps.Push(step);
            }
        }

        foreach (Step step in steps)
        {
            foreach (LogRecord line in step.Lines ?? Lines(step.Start, step.End, isWholeEnd && step.End == to).Skip(step.Skipped))
            {
                yield return line;
            }
        }
    }

    // Keeps the last lines of a step; only their number once their text takes too much memory.
    private Step Collect(long start, long end, long missing, bool isWholeEnd, long room)
    {
        Queue<LogRecord>? lines = new();
        long size = 0;
        int found = 0;
        foreach (LogRecord line in Lines(start, end, isWholeEnd))
        {
            found++;
            if (lines is null)
            {
                continue;
            }

            lines.Enqueue(line);
            size += line.Text.Length + LineCost;
            if (lines.Count > missing)
            {
                size -= lines.Dequeue().Text.Length + LineCost;
            }

            if (size > room)
            {
                lines = null;
                size = 0;
            }
        }

        int count = (int)Math.Min(found, missing);
        return new Step(start, end, found - count, count, size, lines);
    }

    private IEnumerable<LogRecord> Lines(long start, long end, bool isWholeEnd)
    {
        K8sScanner scanner = new(file, start, end, filter, range, hasTerminal, sizes);
        while (scanner.TryRead(out LogRecord line))
        {
            yield return line;
        }

        while (isWholeEnd && scanner.TryFinish(keepsPieces: false, out LogRecord line))
        {
            yield return line;
        }
    }

    // What a line costs beside its text, about.
    private const int LineCost = 64;

    private sealed record Step(long Start, long End, int Skipped, int Count, long Size, IEnumerable<LogRecord>? Lines);
}
