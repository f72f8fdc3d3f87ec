using System.Text.Json;
using Flatnet.Agent.Pipeline;
using Flatnet.Logs.Wire;

namespace Flatnet.Agent.Spool;

/// <summary>
/// The lines of one agent process that the server does not have yet. One sender reads it; while it is open no other process
/// can. Either its <see cref="Writer"/> still appends, or it was left behind by an agent that is gone.
/// </summary>
internal sealed class SpoolStream : IDisposable
{
    private readonly string _directory;
    private readonly SpoolDirectory _spool;
    private readonly SpoolLock _lock;
    private readonly AcknowledgedFile _acknowledged;
    private readonly SegmentList _segments;
    private readonly SpoolReader _reader;

    internal SpoolStream(SpoolDirectory spool, StreamPlace place, SpoolLock streamLock, bool isNew)
    {
        _spool = spool;
        _lock = streamLock;
        _directory = place.Path;
        TaskId = place.TaskId;
        StreamId = place.StreamId;
        _acknowledged = new AcknowledgedFile(_directory);
        List<Segment> segments = Segment.All(_directory);
        (long lastSequence, TaskOutcome? outcome) = LookAtEnd(segments, StreamId);
        _segments = new SegmentList(segments, lastSequence, _acknowledged.Read(), spool.Options.MaxBytes);
        _reader = new SpoolReader(_segments, StreamId);
        if (isNew)
        {
            Writer = new SpoolWriter(_directory, StreamId, spool.Options, _segments);
        }
        else
        {
            _segments.End(outcome);
        }
    }

    public string TaskId { get; }

    /// <summary>The agent process.</summary>
    public string StreamId { get; }

    /// <summary>Appends to the stream; null when it was left behind.</summary>
    public SpoolWriter? Writer { get; }

    /// <summary>The last line that the server is known to have; 0 for none.</summary>
    public long Acknowledged => _segments.Acknowledged;

    /// <summary>The last line; 0 for none.</summary>
    public long LastSequence => _segments.LastSequence;

    /// <summary>Nothing more will be appended.</summary>
    public bool IsComplete => _segments.IsEnded;

    /// <summary>How the task ended; null while it runs, and when nobody knows because its agent was killed.</summary>
    public TaskOutcome? Outcome => _segments.Outcome;

    /// <summary>Bytes on the disk.</summary>
    public long Bytes => _segments.Bytes;

    /// <summary>How many places of the files held no valid record.</summary>
    public long Damages => _reader.Damages;

    /// <summary>For how long, at most, the oldest line has been waiting for the server.</summary>
    public TimeSpan OldestAge => _segments.OldestSince is { } since ? DateTime.UtcNow - since : TimeSpan.Zero;

    /// <summary>Reads the lines after a sequence, any one that the server may ask for; waits until there are some.</summary>
    /// <returns>Null at the end of a complete stream.</returns>
    public async ValueTask<SpoolBatch?> ReadAsync(long afterSequence, int maxLines, int maxBytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            bool isEnded = _segments.IsEnded;
            _reader.Seek(afterSequence);
            if (_reader.Read(maxLines, maxBytes) is { } batch)
            {
                return batch;
            }

            if (isEnded)
            {
                return null;
            }

            await _segments.WaitAsync(_reader.Segment, _reader.Offset).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until there is a line after this one, or nothing more will come.</summary>
    public Task WaitAsync(long afterSequence, CancellationToken cancellationToken) => _segments.WaitAsync(afterSequence).WaitAsync(cancellationToken);

    /// <summary>The server has all lines up to this one.</summary>
    public void Acknowledge(long sequence)
    {
        _segments.Acknowledge(sequence);
        _acknowledged.Write(_segments.Acknowledged);
    }

    /// <summary>The server has everything, the task's end included: the files go.</summary>
    /// <returns>False when lines are not acknowledged yet, or more may come.</returns>
    public bool Remove()
    {
        if (!_segments.IsDelivered)
        {
            return false;
        }

        _segments.RemoveAll();
        _spool.Remove(_directory);
        return true;
    }

    public void Dispose()
    {
        Writer?.Dispose();
        _reader.Dispose();
        _acknowledged.Dispose();
        _lock.Dispose();
    }

    private static (long LastSequence, TaskOutcome? Outcome) LookAtEnd(List<Segment> segments, string streamId)
    {
        if (segments.Count == 0)
        {
            return (0, null);
        }

        long last = segments[^1].FirstSequence - 1;
        using var reader = new SpoolReader(new SegmentList([segments[^1]], 0, 0, 0), streamId);
        reader.Seek(last);
        while (reader.Read(int.MaxValue, RecordFormat.MaxPayload) is { } batch)
        {
            last = batch.LastSequence;
            batch.Dispose();
        }

        return (last, reader.Outcome.IsEmpty ? null : ReadOutcome(reader.Outcome.Span));
    }

    private static TaskOutcome? ReadOutcome(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, WireJson.Default.StatusMessage)?.ExitCode is { } exitCode ? new TaskOutcome(exitCode) : null;
}
