using System.Threading.Tasks.Sources;

namespace Flatnet.Server.Live;

/// <summary>
/// Where a viewer stands on its channel. It is its own awaitable, used again for each wait: a viewer at rest is this object and
/// nothing else. One caller at a time.
/// </summary>
internal sealed class LiveCursor : IValueTaskSource<bool>, IDisposable
{
    private readonly LiveChannel _channel;
    private readonly Action? _onLeave;
    private ManualResetValueTaskSourceCore<bool> _wait = new() { RunContinuationsAsynchronously = true };

    public LiveCursor(LiveChannel channel, Action? onLeave = null)
    {
        _channel = channel;
        _onLeave = onLeave;
        Waiting = new(this);
        Position = null!;
        channel.Enter(this);
    }

    /// <summary>The link that was taken last. Like all that follows, the channel's own.</summary>
    public Publication Position { get; set; }

    public LinkedListNode<LiveCursor> Waiting { get; }

    public bool IsStopped { get; set; }

    /// <summary>The viewer fell too far behind: <see cref="Rejoin"/>, and tell what is missing.</summary>
    public bool IsDropped => Position.IsDropped;

    /// <summary>Whether there is nothing to take now.</summary>
    public bool IsAtEdge => !Position.IsDropped && Position.Next is null;

    /// <summary>Waits until there is something to take or to catch up with; false when the cursor was disposed of.</summary>
    public ValueTask<bool> WaitAsync() => _channel.IsReadyOrWaits(this) ? new(!IsStopped) : new(this, _wait.Version);

    /// <summary>The next link; null if there is none.</summary>
    public Publication? TryNext() => _channel.Advance(this);

    /// <summary>Goes to the live edge.</summary>
    public void Rejoin() => _channel.Enter(this);

    /// <summary>Leaves the channel; who waits is woken. May be called from any thread.</summary>
    public void Dispose()
    {
        if (_channel.Leave(this))
        {
            _onLeave?.Invoke();
        }
    }

    public void Rest() => _wait.Reset();

    public void Wake(bool hasMore) => _wait.SetResult(hasMore);

    bool IValueTaskSource<bool>.GetResult(short token) => _wait.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);
}
