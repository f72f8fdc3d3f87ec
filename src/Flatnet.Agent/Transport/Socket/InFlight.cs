using Flatnet.Logs.Times;

namespace Flatnet.Agent.Transport.Socket;

/// <summary>The frames of a connection that are sent and not acknowledged yet.</summary>
internal sealed class InFlight(SenderContext context)
{
    private readonly Lock _lock = new();
    private readonly Queue<Frame> _frames = new();

    /// <summary>The length of their messages.</summary>
    public long Bytes { get; private set; }

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _frames.Count == 0;
            }
        }
    }

    /// <summary>The lines of the largest of them.</summary>
    public int LargestFrame
    {
        get
        {
            lock (_lock)
            {
                return _frames.Count == 0 ? 0 : _frames.Max(static frame => frame.Lines);
            }
        }
    }

    /// <summary>How long the oldest of them has been waiting.</summary>
    public TimeSpan Lag
    {
        get
        {
            lock (_lock)
            {
                return _frames.TryPeek(out Frame oldest) ? context.Time.GetElapsedTime(oldest.SentAt) : TimeSpan.Zero;
            }
        }
    }

    public void Add(Frame frame)
    {
        lock (_lock)
        {
            _frames.Enqueue(frame);
            Count(frame.Bytes);
        }
    }

    /// <summary>All up to this line are durable. An acknowledgement that comes late says nothing new.</summary>
    public void Acknowledge(long sequence, long now)
    {
        lock (_lock)
        {
            while (_frames.TryPeek(out Frame frame) && frame.LastSequence <= sequence)
            {
                _frames.Dequeue();
                Count(-frame.Bytes);
                context.Limit.Taken();
                if (frame.First.Source != 0)
                {
                    context.Metrics.ObserveLatency(frame.First.Source, Rfc3339.ToTime(now) - Rfc3339.ToTime(frame.First.Timestamp));
                }
            }
        }
    }

    /// <summary>The connection is gone: nobody knows about them any more.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            context.LinesLost(_frames.Sum(static frame => frame.Lines));
            _frames.Clear();
            Count(-Bytes);
        }
    }

    private void Count(long bytes)
    {
        Bytes += bytes;
        context.Metrics.CountInFlight(bytes);
    }
}
