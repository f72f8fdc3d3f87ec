namespace Flatnet.Server.Auth.Sessions;

internal sealed partial class LoginService
{
    [LoggerMessage(2006, LogLevel.Information, "{User} logged in from {Address}")]
    private partial void LogLogin(string user, string address);

    // Without the name: people type their password there by mistake.
    [LoggerMessage(2007, LogLevel.Warning, "{Address}: a login was refused")]
    private partial void LogRefused(string address);
}
