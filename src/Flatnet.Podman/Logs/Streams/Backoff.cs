namespace Flatnet.Podman.Logs;

/// <summary>Waits before trying again: longer each time, and by chance, so that many do not come back at once.</summary>
internal sealed class Backoff
{
    /// <summary>A connection that held for so long makes the next wait a first one again.</summary>
    public static readonly TimeSpan Healthy = TimeSpan.FromSeconds(30);

    private readonly TimeSpan _first;
    private readonly TimeSpan _longest;
    private TimeSpan _next;

    /// <param name="first">The longest first wait; each further one may take twice as long.</param>
    /// <param name="longest">The longest of all.</param>
    public Backoff(TimeSpan first, TimeSpan longest)
    {
        _first = _next = first;
        _longest = longest;
    }

    public void Reset()
    {
        _next = _first;
    }

    public Task WaitAsync(CancellationToken cancellation)
    {
        TimeSpan wait = _next * Random.Shared.NextDouble();
        _next = _next * 2 < _longest ? _next * 2 : _longest;
        return Task.Delay(wait, cancellation);
    }
}
