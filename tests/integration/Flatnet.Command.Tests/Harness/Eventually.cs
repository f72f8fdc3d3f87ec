namespace Flatnet.Command.Tests.Harness;

/// <summary>Waits for something that another process brings about.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static void True(Func<bool> condition, string what)
    {
        DateTime end = DateTime.UtcNow + Limit;
        while (!condition())
        {
            if (DateTime.UtcNow > end)
            {
                throw new TimeoutException($"waited {Limit.TotalSeconds} s in vain: {what}");
            }

            Thread.Sleep(20);
        }
    }
}
