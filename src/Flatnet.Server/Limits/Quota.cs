namespace Flatnet.Server.Limits;

/// <summary>What is left to an asker.</summary>
/// <param name="Limit">The most it can have.</param>
/// <param name="Remaining">What it has.</param>
/// <param name="UntilFull">When it has all of it again.</param>
/// <param name="RetryAfter">When to come back; null if there was something left to take.</param>
internal sealed record Quota(int Limit, int Remaining, TimeSpan UntilFull, TimeSpan? RetryAfter);
