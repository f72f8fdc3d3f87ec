namespace Flatnet.Server.Auth;

internal sealed partial class Authenticator
{
    [LoggerMessage(2003, LogLevel.Warning, "{Address}: a credential was refused: {Reason}")]
    private partial void LogRefused(string address, string reason);
}
