namespace Flatnet.Logs.Wire;

/// <summary>Send nothing for a while; nothing was lost.</summary>
/// <param name="RetryAfterMs">How long, in milliseconds.</param>
public sealed record ThrottleMessage(int RetryAfterMs) : WireMessage(Name)
{
    /// <summary>The message's name.</summary>
    public const string Name = "throttle";
}
