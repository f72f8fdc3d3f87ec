using System.Diagnostics;

namespace Flatnet.LogServer.Harness;

/// <summary>Waits for something that another process brings about. The limit only ends a test that has failed.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> what)
    {
        for (var waited = Stopwatch.StartNew(); !await condition(); await Task.Delay(20))
        {
            if (waited.Elapsed > Limit)
            {
                throw new TimeoutException($"waited {Limit.TotalSeconds} s in vain: {what()}");
            }
        }
    }

    public static Task TrueAsync(Func<bool> condition, Func<string> what) => TrueAsync(() => Task.FromResult(condition()), what);
}
