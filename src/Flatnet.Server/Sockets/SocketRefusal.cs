using System.Text.Json;
using Flatnet.Logs.Wire;
using Flatnet.Server.Errors;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Sockets;

/// <summary>What goes wrong with a message, as the other side is told.</summary>
/// <param name="Code">See <see cref="ErrorCode"/>.</param>
/// <param name="Message">For people; nothing of the server's inside.</param>
/// <param name="CloseCode">What the connection is closed with; null if it goes on.</param>
/// <param name="RetryAfter">When the same may succeed; null if it will not.</param>
internal sealed record SocketRefusal(string Code, string Message, int? CloseCode = null, TimeSpan? RetryAfter = null)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    public static SocketRefusal Of(Exception exception) => exception switch
    {
        ApiException known => new(known.Code, known.Message, CloseCodeFor(known), known.RetryAfter ?? (known.Status == 503 ? Soon : null)),
        JsonException invalid => new(ErrorCode.InvalidMessageFormat, $"The message is not what the protocol says: {invalid.Message}"),
        StoreException { IsFull: true } full => new(ErrorCode.StorageFull, full.Message, Logs.Wire.CloseCode.TryLater, Later),
        // The cause is for the log: it may name files and hosts.
        StoreException => new(ErrorCode.DatabaseError, "The store failed; the server's log has the cause. Connect again and resume.", Logs.Wire.CloseCode.Internal, Soon),
        _ => new(ErrorCode.InternalServerError, "The server failed; its log has the cause. Connect again and resume.", Logs.Wire.CloseCode.Internal, Soon),
    };

    private static int? CloseCodeFor(ApiException exception) => exception switch
    {
        { Status: 401 } => Logs.Wire.CloseCode.Unauthorized,
        { Status: 403 } => Logs.Wire.CloseCode.Forbidden,
        { Code: ErrorCode.TaskNotFound } => Logs.Wire.CloseCode.TaskNotFound,
        { Status: 413 } => Logs.Wire.CloseCode.TooBig,
        { Status: 429 } => Logs.Wire.CloseCode.RateLimited,
        { Status: 503 } => Logs.Wire.CloseCode.TryLater,
        _ => null,
    };
}
