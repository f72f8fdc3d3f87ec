namespace Flatnet.Logs.Wire;

/// <summary>The codes of errors, the same over REST and WebSocket.</summary>
public static class ErrorCode
{
#pragma warning disable CS1591 // The names say it; docs/logs/api.md lists each with its status.
    public const string TaskNotFound = "TASK_NOT_FOUND";
    public const string InvalidLogFormat = "INVALID_LOG_FORMAT";
    public const string InvalidMessageFormat = "INVALID_MESSAGE_FORMAT";
    public const string WebSocketConnectionFailed = "WEBSOCKET_CONNECTION_FAILED";
    public const string RateLimitExceeded = "RATE_LIMIT_EXCEEDED";
    public const string DatabaseError = "DATABASE_ERROR";
    public const string Unauthorized = "UNAUTHORIZED";
    public const string Forbidden = "FORBIDDEN";
    public const string ValidationError = "VALIDATION_ERROR";
    public const string InvalidInput = "INVALID_INPUT";
    public const string ResourceNotFound = "RESOURCE_NOT_FOUND";
    public const string InternalServerError = "INTERNAL_SERVER_ERROR";
    public const string PayloadTooLarge = "PAYLOAD_TOO_LARGE";
    public const string UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE";
    public const string CursorExpired = "CURSOR_EXPIRED";
    public const string StorageFull = "STORAGE_FULL";
    public const string NotReady = "NOT_READY";
#pragma warning restore CS1591
}
