namespace Flatnet.Server.Limits;

/// <summary>The messages with lines of one connection. Made for each connection, used by its reader alone.</summary>
internal sealed class FrameLimiter(LimitOptions options, TimeProvider time)
{
    private readonly TokenBucket? _bucket = options.FramesPerMinute == 0 ? null : new TokenBucket(Rate.PerMinute(options.FramesPerMinute), time);

    /// <summary>Counts one message.</summary>
    /// <returns>How long to wait before the next is read; zero for not at all.</returns>
    public TimeSpan Charge() => _bucket?.Charge(1) ?? TimeSpan.Zero;
}
