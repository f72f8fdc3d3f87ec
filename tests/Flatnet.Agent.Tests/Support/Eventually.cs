namespace Flatnet.Agent.Tests.Support;

/// <summary>Waits for what must come true, with a limit that only a broken program reaches.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
        {
            Assert.False(limit.IsCancellationRequested, $"after {Limit.TotalSeconds} s still not: {what}");
            await Task.Delay(5);
        }
    }

    public static Task CompletesAsync(Task task) => task.WaitAsync(Limit);
}
