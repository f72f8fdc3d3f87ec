namespace Flatnet.Server.Live;

/// <summary>
/// What is published to the viewers of one task: a chain that each viewer walks at its own pace. Publishing hangs a link on it and
/// wakes who waits; it costs nothing for viewers that lag, and never waits for one. A link that all have taken goes at once. Behind
/// a viewer that lags the chain grows to the bound, then its oldest links are dropped under that viewer.
/// </summary>
internal sealed class LiveChannel
{
    private readonly LiveOptions _options;
    private readonly Lock _lock = new();
    private readonly LinkedList<LiveCursor> _waiting = [];
    private Publication _head;
    private Publication _tail;
    private int _lines;
    private long _bytes;

    public LiveChannel(LiveOptions options)
    {
        _options = options;
        _head = _tail = new PublishedDoubt();
    }

    public void Publish(Publication publication)
    {
        lock (_lock)
        {
            _tail.Next = publication;
            _tail = publication;
            _lines += publication.LineCount;
            _bytes += publication.Bytes;
            Trim();
            while (_waiting.First is { } first)
            {
                _waiting.RemoveFirst();
                first.Value.Wake(true);
            }
        }
    }

    /// <summary>Puts a viewer at the live edge.</summary>
    public void Enter(LiveCursor cursor)
    {
        lock (_lock)
        {
            if (!cursor.IsStopped)
            {
                cursor.Position = _tail;
                _tail.Viewers++;
            }
        }
    }

    /// <summary>False if it had left already.</summary>
    public bool Leave(LiveCursor cursor)
    {
        lock (_lock)
        {
            if (cursor.IsStopped)
            {
                return false;
            }

            cursor.IsStopped = true;
            cursor.Position.Viewers--;
            Trim();
            if (cursor.Waiting.List is not null)
            {
                _waiting.Remove(cursor.Waiting);
                cursor.Wake(false);
            }

            return true;
        }
    }

    /// <summary>Takes the next link; null at the live edge, and for a viewer whose links were dropped.</summary>
    public Publication? Advance(LiveCursor cursor)
    {
        lock (_lock)
        {
            if (cursor.IsStopped || cursor.Position.IsDropped || cursor.Position.Next is not { } next)
            {
                return null;
            }

            cursor.Position.Viewers--;
            next.Viewers++;
            cursor.Position = next;
            Trim();
            return next;
        }
    }

    /// <summary>Whether there is something to do now; otherwise the cursor is woken when there is.</summary>
    public bool IsReadyOrWaits(LiveCursor cursor)
    {
        lock (_lock)
        {
            if (cursor.IsStopped || cursor.Position.IsDropped || cursor.Position.Next is not null)
            {
                return true;
            }

            cursor.Rest();
            _waiting.AddLast(cursor.Waiting);
            return false;
        }
    }

    /// <summary>The newest link always stays, however large: a viewer that keeps up must not suffer for the size of one commit.</summary>
    private void Trim()
    {
        while (_head.Next is { } next && (_head.Viewers == 0 || (next != _tail && (_lines > _options.BacklogLines || _bytes > _options.BacklogBytes))))
        {
            // Who stands on it would otherwise hold all that follows.
            _head.Next = null;
            _head.IsDropped = true;
            _lines -= next.LineCount;
            _bytes -= next.Bytes;
            _head = next;
        }
    }
}
