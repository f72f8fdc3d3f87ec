using Flatnet.Logs.Wire;

namespace Flatnet.Agent.Transport.Socket;

/// <summary>
/// What an <c>error</c> message means to an agent. It ends the connection: which frame it was about is not said, and the next
/// <c>resume</c> tells exactly from where to send again.
/// </summary>
internal static class SocketError
{
    public static ServerException Explain(Uri address, ErrorMessage error) =>
        new(Classify(error.Code), $"{address}: the server answered {error.Code}: {error.Message.TrimEnd('.')}.")
        {
            RetryAfter = error.RetryAfterMs is { } milliseconds and >= 0 ? TimeSpan.FromMilliseconds(milliseconds) : null,
        };

    private static Refusal Classify(string code) => code switch
    {
        ErrorCode.Unauthorized => Refusal.Unauthorized,
        ErrorCode.Forbidden => Refusal.Forbidden,
        ErrorCode.TaskNotFound or ErrorCode.ResourceNotFound => Refusal.NotFound,
        ErrorCode.PayloadTooLarge => Refusal.TooLarge,
        ErrorCode.RateLimitExceeded => Refusal.Throttled,
        ErrorCode.InvalidLogFormat or ErrorCode.InvalidMessageFormat or ErrorCode.ValidationError or ErrorCode.InvalidInput => Refusal.Invalid,
        _ => Refusal.Busy,
    };
}
