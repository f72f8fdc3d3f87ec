using Flatnet.Logs;
using Flatnet.Server.Ingest;

namespace Flatnet.Server.Sockets;

/// <summary>
/// The lines of one connection on their way to the store. One write at a time, and the next takes all that came meanwhile: what comes
/// after lines that failed is never stored, so that an acknowledgement can speak for all before it.
/// </summary>
/// <param name="writer">Where they go.</param>
/// <param name="capacity">Bytes that may be on the way.</param>
/// <param name="onStored">Told of each write's lines.</param>
/// <param name="onFailed">Told once; nothing is taken after it.</param>
internal sealed class AgentInbox(ILogWriter writer, long capacity, Func<IReadOnlyList<LogEntry>, ValueTask> onStored, Action<Exception> onFailed)
{
    private readonly Lock _lock = new();
    private readonly ByteGate _room = new(capacity);
    private readonly Queue<Parcel> _waiting = new();
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;
    private volatile bool _hasFailed;

    /// <summary>Takes lines over; returns when there is room for them.</summary>
    /// <param name="taskId">Their task.</param>
    /// <param name="entries">The lines.</param>
    /// <param name="bytes">What they weigh.</param>
    /// <param name="cancellation">Gives up waiting for room.</param>
    public async ValueTask AddAsync(string taskId, IReadOnlyList<LogEntry> entries, long bytes, CancellationToken cancellation)
    {
        await _room.EnterAsync(bytes, cancellation).ConfigureAwait(false);
        lock (_lock)
        {
            _waiting.Enqueue(new(taskId, entries, bytes));
            if (_isWriting)
            {
                return;
            }

            _isWriting = true;
        }

        _writing = WriteAsync();
    }

    /// <summary>Waits until all that was taken is stored; false if it could not be.</summary>
    public async ValueTask<bool> DrainAsync()
    {
        await _writing.ConfigureAwait(false);
        return !_hasFailed;
    }

    private async Task WriteAsync()
    {
        while (Take() is { } parcel)
        {
            try
            {
                if (!_hasFailed)
                {
                    await writer.WriteAsync(parcel.TaskId, parcel.Entries, CancellationToken.None).ConfigureAwait(false);
                    await onStored(parcel.Entries).ConfigureAwait(false);
                }
            }
#pragma warning disable CA1031 // Whatever it is: nothing may be stored after lines that are not.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _hasFailed = true;
                onFailed(exception);
            }
            finally
            {
                _room.Leave(parcel.Bytes);
            }
        }
    }

    /// <summary>All that waits for one task, as one.</summary>
    private Parcel? Take()
    {
        lock (_lock)
        {
            if (!_waiting.TryDequeue(out Parcel? parcel))
            {
                _isWriting = false;
                return null;
            }

            if (!_waiting.TryPeek(out Parcel? next) || next.TaskId != parcel.TaskId)
            {
                return parcel;
            }

            var entries = new List<LogEntry>(parcel.Entries);
            long bytes = parcel.Bytes;
            while (_waiting.TryPeek(out next) && next.TaskId == parcel.TaskId)
            {
                _waiting.Dequeue();
                entries.AddRange(next.Entries);
                bytes += next.Bytes;
            }

            return new(parcel.TaskId, entries, bytes);
        }
    }

    private sealed record Parcel(string TaskId, IReadOnlyList<LogEntry> Entries, long Bytes);
}
