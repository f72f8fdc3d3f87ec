namespace Flatnet.Podman.Logs;

/// <summary>Waits before trying again: longer each time, and by chance, so that many do not come back at once.</summary>
internal sealed class Backoff
{
    /// <summary>A connection that held for so long makes the next wait a first one again.</summary>
    public static readonly TimeSpan Healthy = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _first;
    private TimeSpan _next;

    /// <param name="first">The longest first wait.</param>
    public Backoff(TimeSpan first)
    {
        _first = _next = first;
    }

    public void Reset()
    {
        _next = _first;
    }

    public Task WaitAsync(CancellationToken cancellation)
    {
        TimeSpan wait = _next * Random.Shared.NextDouble();
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return Task.Delay(wait, cancellation);
    }
}
