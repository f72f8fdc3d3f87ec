namespace Flatnet.Logs.Wire;

/// <summary>A message could not be served; the connection goes on unless a close follows.</summary>
/// <param name="Code">See <see cref="ErrorCode"/>.</param>
/// <param name="Message">For people.</param>
/// <param name="Timestamp">The server's clock.</param>
/// <param name="Retryable">Whether the same message may succeed later.</param>
/// <param name="RetryAfterMs">When, in milliseconds; null for no advice.</param>
/// <param name="RequestId">Names the connection in the server's log.</param>
public sealed record ErrorMessage(
    string Code, string Message, string Timestamp, bool Retryable = false, int? RetryAfterMs = null, string? RequestId = null) : WireMessage(Name)
{
    /// <summary>The message's name.</summary>
    public const string Name = "error";
}
