using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Flatnet.Podman.Logs;

/// <summary>Brings two streams of lines into the order of their stamps, when one line may arrive a little later than it should.</summary>
internal static class StampMerge
{
    /// <summary>Merges until both have ended. A line that its stream brings late comes out late; the order within a stream stays.</summary>
    /// <param name="first">One stream.</param>
    /// <param name="second">The other.</param>
    /// <param name="patience">How long a line waits for an earlier one of the other stream.</param>
    /// <param name="cancellation">Ends the merge.</param>
    public static async IAsyncEnumerable<LogRecord> ReadAsync(
        ChannelReader<ArrivedLine> first,
        ChannelReader<ArrivedLine> second,
        TimeSpan patience,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        Arrivals one = new(first, cancellation);
        Arrivals two = new(second, cancellation);
        while (true)
        {
            bool hasOne = first.TryPeek(out ArrivedLine fromOne);
            bool hasTwo = second.TryPeek(out ArrivedLine fromTwo);
            if (hasOne || hasTwo)
            {
                bool takesOne = hasOne && (!hasTwo || fromOne.Record.Timestamp <= fromTwo.Record.Timestamp);
                ArrivedLine next = takesOne ? fromOne : fromTwo;
                if ((hasOne && hasTwo) || !await (takesOne ? two : one).ComesWithinAsync(next.Remaining(patience)).ConfigureAwait(false))
                {
                    (takesOne ? first : second).TryRead(out _);
                    yield return next.Record;
                }
            }
            else if (!await AnyAsync(one, two).ConfigureAwait(false))
            {
                yield break;
            }
        }
    }

    // Whether there is a line in either, or both have ended.
    private static async ValueTask<bool> AnyAsync(Arrivals one, Arrivals two)
    {
        Task<bool> sooner = await Task.WhenAny(one.NextAsync(), two.NextAsync()).ConfigureAwait(false);
        return await sooner.ConfigureAwait(false)
            || await one.NextAsync().ConfigureAwait(false)
            || await two.NextAsync().ConfigureAwait(false);
    }

    /// <summary>Waits for a stream's next line, with one wait at a time.</summary>
    private sealed class Arrivals(ChannelReader<ArrivedLine> lines, CancellationToken cancellation)
    {
        private Task<bool> _next = Task.FromResult(false);

        /// <summary>Whether there is a next line, as soon as that is known.</summary>
        public Task<bool> NextAsync()
        {
            return _next = _next.IsCompleted ? lines.WaitToReadAsync(cancellation).AsTask() : _next;
        }

        /// <summary>Whether a line comes in this time.</summary>
        public async ValueTask<bool> ComesWithinAsync(TimeSpan time)
        {
            Task<bool> next = NextAsync();
            if (!next.IsCompleted && time > TimeSpan.Zero)
            {
                await Task.WhenAny(next, Task.Delay(time, CancellationToken.None)).ConfigureAwait(false);
            }

            return next.IsCompleted && await next.ConfigureAwait(false);
        }
    }
}
