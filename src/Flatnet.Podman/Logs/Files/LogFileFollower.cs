using Microsoft.Win32.SafeHandles;

namespace Flatnet.Podman.Logs;

/// <summary>Reads what is appended to a log file, and goes from file to file as they replace one another.</summary>
internal sealed class LogFileFollower(LogFileChain chain, LogQuery query, bool hasTerminal, ScanSizes sizes) : IDisposable
{
    // A line may be written a little after its stamp was taken.
    private const long WritingTime = Rfc3339.Second;

    private readonly TimeRange _range = TimeRange.Of(query);
    private SafeFileHandle? _file;
    private K8sScanner? _scanner;

    /// <summary>Whether every further line would be after the query's range.</summary>
    public bool IsTimeOver => query.Until is { } until
        && (_scanner is { IsPastRange: true } || (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100 > until + WritingTime);

    /// <summary>Whole lines that are there already, from where and as many as the query wants; what follows begins where they end.</summary>
    public IEnumerable<LogRecord> ReadHistory(CancellationToken cancellation)
    {
        if (!chain.TryTake(out SafeFileHandle file))
        {
            yield break;
        }

        _file = file;
        long end = LineStart.AtOrBefore(file, RandomAccess.GetLength(file));
        (long from, long to) = K8sTimeSearch.Find(file, end, _range, sizes);
        _scanner = Scanner(file, query.Tail is null ? from : end);
        if (query.Tail is { } count)
        {
            K8sTail tail = new(file, query.Filter, _range, hasTerminal, sizes);
            foreach (LogRecord line in tail.Read(from, to, count, isWholeEnd: false, cancellation))
            {
                yield return line;
            }
        }
    }

    /// <summary>Lines up to the end of the newest file.</summary>
    public IEnumerable<LogRecord> ReadNew(CancellationToken cancellation)
    {
        bool isNext;
        do
        {
            if (_scanner is { } emptied && !emptied.IsUnchanged())
            {
                foreach (LogRecord line in Finish())
                {
                    yield return line;
                }

                emptied.Continue(_file!);
            }

            isNext = chain.TryTake(out SafeFileHandle next);
            // Once there is a next file, nothing is written to this one any more: what it holds now is all of it.
            while (_scanner is { } scanner && scanner.TryRead(out LogRecord line))
            {
                cancellation.ThrowIfCancellationRequested();
                yield return line;
            }

            if (isNext)
            {
                foreach (LogRecord line in Finish())
                {
                    yield return line;
                }

                Take(next);
            }
        }
        while (isNext || _scanner is { } changed && !changed.IsUnchanged());

        if (chain.TakeMissed())
        {
            query.Notice?.Invoke("the log was replaced faster than it could be read; lines are missing");
        }
    }

    /// <summary>What is left of lines that never ended.</summary>
    public IEnumerable<LogRecord> ReadUnfinished()
    {
        while (_scanner is { } scanner && scanner.TryFinish(keepsPieces: false, out LogRecord line))
        {
            yield return line;
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
    }

    // The monitor goes on with a line in pieces in the next file, but never with a record.
    private IEnumerable<LogRecord> Finish()
    {
        while (_scanner is { } scanner && scanner.TryFinish(keepsPieces: true, out LogRecord line))
        {
            yield return line;
        }
    }

    private void Take(SafeFileHandle next)
    {
        if (_scanner is null)
        {
            _scanner = Scanner(next, 0);
        }
        else
        {
            _scanner.Continue(next);
        }

        _file?.Dispose();
        _file = next;
    }

    private K8sScanner Scanner(SafeFileHandle file, long from)
    {
        return new K8sScanner(file, from, long.MaxValue, query.Filter, _range, hasTerminal, sizes);
    }
}
