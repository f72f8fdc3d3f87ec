using System.Runtime.CompilerServices;
using Flatnet.Logs;
using Flatnet.Logs.Wire;
using Flatnet.Server.Errors;
using Flatnet.Server.Ingest;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Live;

/// <summary>
/// A task's lines, history and then live, without a gap and without doubles. It stands on the channel before it asks the store how far
/// the task is: what is committed later than that answer comes over the channel, and what is in both is passed over.
/// </summary>
internal sealed class LiveSubscription(ILogStore store, LiveCursor cursor, LiveRequest request) : IDisposable
{
    /// <summary>History is read and sent in pieces of so many lines or bytes.</summary>
    private const int PieceLines = 500;
    private const long PieceBytes = 256 << 10;

    private long _firstSeq;
    private long _seen;

    /// <summary>Whether all there is was taken.</summary>
    public bool IsAtEdge => cursor.IsAtEdge;

    /// <summary>The events in order: <see cref="Started"/>, history, what happens; the last is <see cref="Ended"/> unless it is disposed of before.</summary>
    /// <exception cref="ApiException">There is no such task, or the cursor is beyond its last line.</exception>
    public async IAsyncEnumerable<LiveEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        TaskRecord task = await FindTaskAsync(cancellation).ConfigureAwait(false);
        long after = request.AfterSeq ?? await FindTailAsync(task, cancellation).ConfigureAwait(false);
        if (after > task.LastSeq)
        {
            throw new ApiException(410, ErrorCode.CursorExpired, $"The line {after} is beyond the last one, {task.LastSeq}, of the task '{task.Id}'. Subscribe without a cursor.");
        }

        (_firstSeq, _seen) = (task.FirstSeq, task.LastSeq);
        await using IAsyncEnumerator<Lines> history = ReadAsync(after, task.LastSeq, cancellation).GetAsyncEnumerator(cancellation);
        bool hasMore = await history.MoveNextAsync().ConfigureAwait(false);
        yield return new Started(hasMore ? history.Current.Entries[0].Seq : null, task.LastSeq);
        if (request.AfterSeq < task.FirstSeq - 1)
        {
            yield return new Truncated(task.FirstSeq);
        }

        for (; hasMore; hasMore = await history.MoveNextAsync().ConfigureAwait(false))
        {
            yield return history.Current;
        }

        if (!request.IsRealtime || task.Status.IsEnd())
        {
            yield return End(task);
            yield break;
        }

        while (await cursor.WaitAsync().ConfigureAwait(false))
        {
            await foreach (LiveEvent item in TakeAsync(cancellation).ConfigureAwait(false))
            {
                yield return item;
                if (item is Ended)
                {
                    yield break;
                }
            }
        }
    }

    /// <summary>Ends the reading after the event that is on its way.</summary>
    public void Dispose() => cursor.Dispose();

    /// <summary>What waits on the channel.</summary>
    private async IAsyncEnumerable<LiveEvent> TakeAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (cursor.IsDropped)
        {
            cursor.Rejoin();
            await foreach (LiveEvent item in CompareAsync(isSkipping: true, cancellation).ConfigureAwait(false))
            {
                yield return item;
            }
        }

        while (cursor.TryNext() is { } publication)
        {
            switch (publication)
            {
                case PublishedLines lines when lines.LastSeq > _seen:
                    // Servers that share a store may publish out of order: what is missing here is in the store.
                    await foreach (Lines missed in ReadAsync(_seen, lines.FirstSeq - 1, cancellation).ConfigureAwait(false))
                    {
                        yield return missed;
                    }

                    long seen = _seen;
                    _seen = lines.LastSeq;
                    if (lines.FilterAfter(request.Filter, seen) is { } passed)
                    {
                        yield return passed;
                    }

                    break;
                case PublishedStatus { Task: var task } when task.Status.IsEnd():
                    await foreach (Lines missed in ReadAsync(_seen, task.LastSeq, cancellation).ConfigureAwait(false))
                    {
                        yield return missed;
                    }

                    yield return End(task);
                    yield break;
                case PublishedTruncation truncation:
                    _firstSeq = truncation.FirstSeq;
                    yield return new Truncated(truncation.FirstSeq);
                    break;
                case PublishedDoubt:
                    await foreach (LiveEvent item in CompareAsync(isSkipping: false, cancellation).ConfigureAwait(false))
                    {
                        yield return item;
                    }

                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Asks the store how far the task is, and sends or skips what is not seen yet.</summary>
    private async IAsyncEnumerable<LiveEvent> CompareAsync(bool isSkipping, [EnumeratorCancellation] CancellationToken cancellation)
    {
        TaskRecord task = await FindTaskAsync(cancellation).ConfigureAwait(false);
        if (isSkipping && task.LastSeq > _seen)
        {
            yield return new Skipped(_seen + 1, task.LastSeq);
            _seen = task.LastSeq;
        }

        await foreach (Lines missed in ReadAsync(_seen, task.LastSeq, cancellation).ConfigureAwait(false))
        {
            yield return missed;
        }

        _seen = Math.Max(_seen, task.LastSeq);
        if (task.FirstSeq > _firstSeq)
        {
            _firstSeq = task.FirstSeq;
            yield return new Truncated(task.FirstSeq);
        }

        if (task.Status.IsEnd())
        {
            yield return End(task);
        }
    }

    private async IAsyncEnumerable<Lines> ReadAsync(long afterSeq, long lastSeq, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (afterSeq >= lastSeq)
        {
            yield break;
        }

        var query = new LogQuery { TaskId = request.TaskId, AfterSeq = afterSeq, BeforeSeq = lastSeq + 1, Filter = request.Filter };
        var piece = new List<LogEntry>();
        long bytes = 0;
        await foreach (LogEntry entry in store.ReadAsync(query, cancellation).ConfigureAwait(false))
        {
            piece.Add(entry);
            bytes += EntrySize.Of(entry);
            if (piece.Count == PieceLines || bytes >= PieceBytes)
            {
                yield return new Lines(request.TaskId, piece);
                (piece, bytes) = ([], 0);
            }
        }

        if (piece.Count > 0)
        {
            yield return new Lines(request.TaskId, piece);
        }
    }

    /// <summary>The line above the last ones that pass: nothing of them is held, however many they are.</summary>
    private async Task<long> FindTailAsync(TaskRecord task, CancellationToken cancellation)
    {
        if (request.Tail == 0)
        {
            return task.LastSeq;
        }

        var query = new LogQuery
        {
            TaskId = request.TaskId,
            BeforeSeq = task.LastSeq + 1,
            Filter = request.Filter,
            Descending = true,
            Skip = request.Tail - 1,
            Limit = 1,
        };
        await foreach (LogEntry first in store.ReadAsync(query, cancellation).ConfigureAwait(false))
        {
            return first.Seq - 1;
        }

        return 0;
    }

    private async Task<TaskRecord> FindTaskAsync(CancellationToken cancellation) =>
        await store.FindTaskAsync(request.TaskId, cancellation).ConfigureAwait(false)
        ?? throw new ApiException(404, ErrorCode.TaskNotFound, $"There is no task '{request.TaskId}'.");

    private static Ended End(TaskRecord task) => new(task.Status, task.ExitCode, task.LastSeq);
}
