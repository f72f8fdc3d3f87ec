using Flatnet.Agent.Pipeline;
using Microsoft.Win32.SafeHandles;

namespace Flatnet.Agent.Spool;

/// <summary>What a stream's writer and its reader share: the segments, how far they are written, and how far the server has them.</summary>
internal sealed class SegmentList
{
    private readonly object _gate = new();
    private readonly List<Segment> _segments;
    private readonly long _maxBytes;
    private TaskCompletionSource? _more;
    private DateTime _caughtUp;
    private bool _isBounded = true;

    /// <param name="segments">What is there, in order.</param>
    /// <param name="lastSequence">The last line's; 0 for none.</param>
    /// <param name="acknowledged">What the server is known to have.</param>
    /// <param name="maxBytes">Where the writer begins to wait.</param>
    public SegmentList(List<Segment> segments, long lastSequence, long acknowledged, long maxBytes)
    {
        _segments = segments;
        _maxBytes = maxBytes;
        LastSequence = lastSequence;
        Acknowledged = Math.Min(acknowledged, lastSequence);
    }

    public long LastSequence { get; private set; }

    public long Acknowledged { get; private set; }

    /// <summary>Nothing more will be written.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>How the task ended, if that is known.</summary>
    public TaskOutcome? Outcome { get; private set; }

    public bool IsDelivered
    {
        get
        {
            lock (_gate)
            {
                return IsEnded && Acknowledged == LastSequence;
            }
        }
    }

    /// <summary>Bytes on the disk.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _segments.Sum(static segment => segment.Length);
            }
        }
    }

    /// <summary>Since when, at most, the oldest line waits for the server; null when none waits.</summary>
    public DateTime? OldestSince
    {
        get
        {
            lock (_gate)
            {
                return Acknowledged == LastSequence ? null : _segments[0].Started > _caughtUp ? _segments[0].Started : _caughtUp;
            }
        }
    }

    public void Begin(Segment segment)
    {
        lock (_gate)
        {
            _segments.Add(segment);
        }
    }

    /// <summary>The last segment is so long now: the reader may have what is new.</summary>
    public void Publish(long length, long lastSequence)
    {
        TaskCompletionSource? more;
        lock (_gate)
        {
            if (Acknowledged == LastSequence)
            {
                _caughtUp = DateTime.UtcNow;
            }

            _segments[^1].Length = length;
            LastSequence = lastSequence;
            more = _more;
            _more = null;
        }

        more?.SetResult();
    }

    /// <summary>Nothing more comes.</summary>
    public void End(TaskOutcome? outcome)
    {
        TaskCompletionSource? more;
        lock (_gate)
        {
            IsEnded = true;
            Outcome = outcome;
            more = _more;
            _more = null;
            Monitor.PulseAll(_gate);
        }

        more?.SetResult();
    }

    /// <summary>Completes when there is more than these bytes of this segment, or nothing more will come.</summary>
    public Task WaitAsync(Segment? segment, long offset)
    {
        lock (_gate)
        {
            bool isAtEnd = _segments.Count == 0 || (segment == _segments[^1] && offset >= segment.Length);
            return IsEnded || !isAtEnd ? Task.CompletedTask : More.Task;
        }
    }

    /// <summary>Completes when there is a line after this one, or nothing more will come.</summary>
    public Task WaitAsync(long afterSequence)
    {
        lock (_gate)
        {
            return IsEnded || LastSequence > afterSequence ? Task.CompletedTask : More.Task;
        }
    }

    /// <summary>Opens the segment that a sequence is in, or the first one behind it; null when there is none.</summary>
    public (Segment Segment, SafeFileHandle File)? Open(long sequence)
    {
        lock (_gate)
        {
            int index = Math.Max(0, _segments.FindLastIndex(segment => segment.FirstSequence <= sequence));
            return OpenAt(index);
        }
    }

    /// <summary>Opens the segment that follows; null when there is none yet.</summary>
    public (Segment Segment, SafeFileHandle File)? OpenNext(Segment segment)
    {
        lock (_gate)
        {
            int index = _segments.FindIndex(other => other.FirstSequence > segment.FirstSequence);
            return index < 0 ? null : OpenAt(index);
        }
    }

    public long LengthOf(Segment segment)
    {
        lock (_gate)
        {
            return segment.Length;
        }
    }

    /// <summary>The server has the lines up to this one: files that hold no others go.</summary>
    public void Acknowledge(long sequence)
    {
        lock (_gate)
        {
            Acknowledged = Math.Max(Acknowledged, Math.Min(sequence, LastSequence));
            while (_segments.Count > 1 && _segments[1].FirstSequence <= Acknowledged + 1)
            {
                RemoveFirst();
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until so many more bytes may be written.</summary>
    /// <param name="size">How many.</param>
    /// <param name="patience">For at most so long.</param>
    /// <returns>False when they may still not.</returns>
    public bool WaitForRoom(long size, TimeSpan patience)
    {
        lock (_gate)
        {
            if (!HasRoom(size))
            {
                Monitor.Wait(_gate, patience);
            }

            return HasRoom(size);
        }
    }

    /// <summary>Whether there is a limit to the bytes on the disk.</summary>
    public void SetBounded(bool isBounded)
    {
        lock (_gate)
        {
            _isBounded = isBounded;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Gives up the oldest file; the one that is being written stays.</summary>
    /// <returns>How many lines the server will never have; null when there is no file to give up.</returns>
    public long? DropOldest()
    {
        lock (_gate)
        {
            if (_segments.Count < 2)
            {
                return null;
            }

            long last = _segments[1].FirstSequence - 1;
            long dropped = last - Math.Max(Acknowledged, _segments[0].FirstSequence - 1);
            Acknowledged = Math.Max(Acknowledged, last);
            RemoveFirst();
            return Math.Max(0, dropped);
        }
    }

    public void RemoveAll()
    {
        lock (_gate)
        {
            while (_segments.Count > 0)
            {
                RemoveFirst();
            }
        }
    }

    private TaskCompletionSource More => _more ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool HasRoom(long size) => !_isBounded || Acknowledged == LastSequence || _segments.Sum(static segment => segment.Length) + size <= _maxBytes;

    private (Segment Segment, SafeFileHandle File)? OpenAt(int index) =>
        index < _segments.Count ? (_segments[index], SpoolFiles.OpenRead(_segments[index].Path)) : null;

    private void RemoveFirst()
    {
        File.Delete(_segments[0].Path);
        _segments.RemoveAt(0);
    }
}
