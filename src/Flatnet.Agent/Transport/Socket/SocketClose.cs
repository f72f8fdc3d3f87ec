using Flatnet.Logs.Wire;

namespace Flatnet.Agent.Transport.Socket;

/// <summary>What a close code means to an agent.</summary>
internal static class SocketClose
{
    public static Refusal Classify(int code) => code switch
    {
        CloseCode.Unauthorized => Refusal.Unauthorized,
        CloseCode.Forbidden => Refusal.Forbidden,
        CloseCode.TaskNotFound => Refusal.NotFound,
        CloseCode.TooBig => Refusal.TooLarge,
        CloseCode.RateLimited => Refusal.Throttled,
        CloseCode.Internal or CloseCode.TryLater => Refusal.Busy,
        _ => Refusal.Unreachable,
    };
}
