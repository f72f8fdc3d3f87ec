namespace Flatnet.Server.Limits;

/// <summary>How much is allowed in the long run, and how much at once.</summary>
/// <param name="PerSecond">In the long run.</param>
/// <param name="Burst">At once, after a pause.</param>
internal readonly record struct Rate(double PerSecond, int Burst)
{
    /// <summary>So many a minute, all of them at once if need be.</summary>
    public static Rate PerMinute(int count) => new(count / 60.0, count);
}
