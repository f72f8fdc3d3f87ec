namespace Flatnet.Agent.Transport;

/// <summary>The server did not take something. The message says what was tried, where, and what it answered; never a secret.</summary>
internal sealed class ServerException(Refusal refusal, string message, Exception? inner = null) : Exception(message, inner)
{
    public Refusal Refusal { get; } = refusal;

    /// <summary>When the server wants to be asked again; null for no advice.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
