using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Flatnet.Podman.Logs;

/// <summary>Reads the log file of the driver k8s-file, which Podman also writes for json-file.</summary>
internal sealed class K8sFileLog : IContainerLog
{
    private readonly string _path;
    private readonly bool _hasTerminal;
    private readonly Func<CancellationToken, Task> _waitForEnd;
    private readonly ScanSizes _sizes;

    /// <summary>A log file.</summary>
    /// <param name="path">Where it is; it need not be there yet.</param>
    /// <param name="hasTerminal">Whether lines end in CR LF.</param>
    /// <param name="waitForEnd">Waits until the container has ended and everything it wrote is in the file.</param>
    /// <param name="sizes">How much to read at a time.</param>
    public K8sFileLog(string path, bool hasTerminal, Func<CancellationToken, Task> waitForEnd, ScanSizes? sizes = null)
    {
        _path = path;
        _hasTerminal = hasTerminal;
        _waitForEnd = waitForEnd;
        _sizes = sizes ?? new ScanSizes();
    }

    /// <inheritdoc/>
    public string Source => "file";

    /// <inheritdoc/>
    public IAsyncEnumerable<LogRecord> ReadAsync(LogQuery query, CancellationToken cancellation)
    {
        return query.Follow ? FollowAsync(query, cancellation) : ReadHistoryAsync(query, cancellation);
    }

    private async IAsyncEnumerable<LogRecord> ReadHistoryAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using LogFileChain chain = new(_path);
        if (!chain.TryTake(out SafeFileHandle? opened))
        {
            yield break;
        }

        using SafeFileHandle file = opened;
        TimeRange range = TimeRange.Of(query);
        long length = RandomAccess.GetLength(file);
        (long from, long to) = K8sTimeSearch.Find(file, length, range, _sizes);
        IEnumerable<LogRecord> lines = query.Tail is { } count
            ? new K8sTail(file, query.Filter, range, _hasTerminal, _sizes).Read(from, to, count, to == length, cancellation)
            : Scan(new K8sScanner(file, from, to, query.Filter, range, _hasTerminal, _sizes), isAtEnd: to == length, cancellation);
        foreach (LogRecord line in lines)
        {
            yield return line;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    private async IAsyncEnumerable<LogRecord> FollowAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Watching begins before anything is read: what is written meanwhile wakes the wait that comes later.
        using LogFileChain chain = new(_path);
        chain.Watch();
        using CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task end = query.AcrossRestarts ? Task.Delay(Timeout.Infinite, leaving.Token) : _waitForEnd(leaving.Token);
        _ = end.ContinueWith(_ => chain.Wake(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            using LogFileFollower follower = new(chain, query, _hasTerminal, _sizes);
            foreach (LogRecord line in follower.ReadHistory(cancellation))
            {
                yield return line;
            }

            bool isOver;
            do
            {
                // What is there when the container has ended is all there will be: seen as ended first, read afterwards.
                isOver = end.IsCompleted || follower.IsTimeOver;
                foreach (LogRecord line in follower.ReadNew(cancellation))
                {
                    yield return line;
                }

                if (!isOver)
                {
                    await chain.WaitAsync(cancellation).ConfigureAwait(false);
                }
            }
            while (!isOver);

            foreach (LogRecord line in follower.ReadUnfinished())
            {
                yield return line;
            }

            if (end.IsFaulted)
            {
                await end.ConfigureAwait(false);
            }
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            await end.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static IEnumerable<LogRecord> Scan(K8sScanner scanner, bool isAtEnd, CancellationToken cancellation)
    {
        while (scanner.TryRead(out LogRecord line))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return line;
        }

        while (isAtEnd && scanner.TryFinish(keepsPieces: false, out LogRecord line))
        {
            yield return line;
        }
    }
}
