namespace Flatnet.Server.Commands;

/// <summary>What the server says of itself.</summary>
internal static partial class ServerMessages
{
    [LoggerMessage(1001, Microsoft.Extensions.Logging.LogLevel.Information, "Listening on {Addresses}")]
    public static partial void LogListening(ILogger logger, string addresses);
}
