namespace Flatnet.Agent.Transport;

/// <summary>Wakes one waiter. Calls that come before anybody waits are kept, as one.</summary>
internal sealed class Wake(TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _signal = Fresh();

    public void Set()
    {
        lock (_lock)
        {
            _signal.TrySetResult();
        }
    }

    /// <summary>Waits for a call, but not longer than this.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellation)
    {
        try
        {
            await _signal.Task.WaitAsync(longest, time, cancellation).ConfigureAwait(false);
            lock (_lock)
            {
                _signal = Fresh();
            }
        }
        catch (TimeoutException)
        {
            // The caller looks at the clock.
        }
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
