using System.Threading.Channels;
using Flatnet.Logs;
using Flatnet.Logs.Times;
using Flatnet.Logs.Wire;
using Flatnet.Server.Errors;
using Flatnet.Server.Live;
using Flatnet.Server.Retention;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Ingest;

/// <summary>
/// Writers queue their lines; one committer stores what is queued in one commit, over all tasks, publishes it, and lets its writers go.
/// While a commit runs the next one gathers: the busier the server, the larger its commits, and an idle one does not wait.
/// </summary>
internal sealed partial class LogWriter : ILogWriter, IAsyncDisposable
{
    private readonly ILogStore _store;
    private readonly LiveHub _live;
    private readonly StorageGate _gate;
    private readonly IngestOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<LogWriter> _logger;
    private readonly GroupCommit _commit;
    private readonly StreamRedactors _redactors;
    private readonly ByteGate _room;
    private readonly Channel<WriterRequest> _requests = Channel.CreateUnbounded<WriterRequest>(new() { SingleReader = true });
    private readonly Task _committer;

    public LogWriter(ILogStore store, LiveHub live, StorageGate gate, IngestOptions options, TimeProvider time, ILogger<LogWriter> logger)
    {
        (_store, _live, _gate, _options, _time, _logger) = (store, live, gate, options, time, logger);
        _commit = new GroupCommit(store, OnStored, OnRefused);
        _redactors = new StreamRedactors(options.Filters);
        _room = new ByteGate(options.QueueBytes);
        _committer = Task.Run(CommitAsync);
    }

    public async Task<AppendResult> WriteAsync(string taskId, IReadOnlyList<LogEntry> entries, CancellationToken cancellation)
    {
        Validate(taskId);
        _gate.ThrowIfFull();
        IReadOnlyList<LogEntry> redacted = _redactors.Redact(taskId, entries);
        long bytes = EntrySize.Of(redacted);
        var request = new WriteRequest(new(taskId, redacted, Rfc3339.Now(_time)), bytes);
        await _room.EnterAsync(bytes, cancellation).ConfigureAwait(false);
        IngestMetrics.QueueBytes.Add(bytes);
        try
        {
            Enqueue(request);
            // From here on it may be stored: giving up would leave the caller in doubt.
            return await request.Done.Task.ConfigureAwait(false);
        }
        finally
        {
            _room.Leave(bytes);
            IngestMetrics.QueueBytes.Add(-bytes);
        }
    }

    public async Task<TaskRecord> ChangeTaskAsync(string taskId, TaskChange change, CancellationToken cancellation)
    {
        Validate(taskId);
        cancellation.ThrowIfCancellationRequested();
        var request = new ChangeRequest(taskId, change);
        Enqueue(request);
        return await request.Done.Task.ConfigureAwait(false);
    }

    public async Task<(long Count, long FirstSeq)> DeleteLinesAsync(string taskId, long? upTo, CancellationToken cancellation)
    {
        Validate(taskId);
        // Beside the queue: a long deletion must not hold up the lines of others.
        (long count, long firstSeq) = await _store.DeleteLinesAsync(taskId, upTo, cancellation).ConfigureAwait(false);
        if (count > 0)
        {
            _live.PublishTruncation(taskId, firstSeq);
        }

        return (count, firstSeq);
    }

    /// <summary>Stores what is queued, and takes no more.</summary>
    public async ValueTask DisposeAsync()
    {
        _requests.Writer.TryComplete();
        await _committer.ConfigureAwait(false);
    }

    private static void Validate(string taskId)
    {
        if (!TaskId.IsValid(taskId))
        {
            throw new ApiException(400, ErrorCode.ValidationError, $"'{taskId}' cannot be a task's ID: use 1 to {TaskId.MaxLength} letters, digits and . _ - :");
        }
    }

    private void Enqueue(WriterRequest request)
    {
        if (!_requests.Writer.TryWrite(request))
        {
            throw new StoreException("cannot store lines: the server is stopping.");
        }
    }

    private async Task CommitAsync()
    {
        var writes = new List<WriteRequest>();
        while (await _requests.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            ChangeRequest? change = Take(writes);
            if (writes.Count > 0)
            {
                await _commit.RunAsync(writes).ConfigureAwait(false);
                writes.Clear();
            }

            if (change is not null)
            {
                await ChangeAsync(change).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Takes the writes of one commit from the queue. A change ends it: it comes after them, and before what follows.</summary>
    private ChangeRequest? Take(List<WriteRequest> writes)
    {
        long bytes = 0;
        int lines = 0;
        while (bytes < _options.CommitBytes && lines < _options.CommitLines && _requests.Reader.TryRead(out WriterRequest? request))
        {
            if (request is ChangeRequest change)
            {
                return change;
            }

            var write = (WriteRequest)request;
            writes.Add(write);
            bytes += write.Bytes;
            lines += write.Append.Entries.Count;
        }

        return null;
    }

    private async Task ChangeAsync(ChangeRequest request)
    {
        try
        {
            (TaskRecord task, _) = await _store.SaveTaskAsync(request.TaskId, request.Change, CancellationToken.None).ConfigureAwait(false);
            if (request.Change.Status is not null)
            {
                _live.PublishStatus(task);
            }

            request.Done.SetResult(task);
        }
#pragma warning disable CA1031 // The committer goes on; the caller hears of it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogChangeFailed(request.TaskId, exception);
            request.Done.SetException(
                exception as StoreException ?? new StoreException($"cannot change the task '{request.TaskId}': {exception.Message}", inner: exception));
        }
    }

    private void OnStored(WriteRequest write, AppendResult result)
    {
        _live.PublishLines(write.Append.TaskId, result.Stored);
        IngestMetrics.Count(result.Stored);
        IngestMetrics.Duplicates.Add(result.Duplicates);
        write.Done.SetResult(result);
    }

    private void OnRefused(WriteRequest write, StoreException reason)
    {
        IngestMetrics.Failures.Add(1);
        LogRefused(write.Append.TaskId, write.Append.Entries.Count, reason);
        write.Done.SetException(reason);
    }
}
