using System.Diagnostics;

namespace Flatnet.LogBench.Load;

/// <summary>Something that happens at an even pace, from now on.</summary>
internal sealed class Pace(TimeSpan interval)
{
    private readonly long _begin = Stopwatch.GetTimestamp();
    private int _turn;

    /// <summary>Waits for the next time; what is late is not left out.</summary>
    /// <returns>When it was, as <see cref="Stopwatch.GetTimestamp"/> counts: whoever is held up begins late, but has waited since then.</returns>
    public async Task<long> NextAsync()
    {
        long due = _begin + (long)(interval.TotalSeconds * Stopwatch.Frequency * _turn++);
        TimeSpan wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        if (wait <= TimeSpan.Zero)
        {
            return due;
        }

        await Task.Delay(wait);
        return Stopwatch.GetTimestamp();
    }
}
