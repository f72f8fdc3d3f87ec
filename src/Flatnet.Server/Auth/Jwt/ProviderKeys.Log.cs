namespace Flatnet.Server.Auth.Jwt;

internal sealed partial class ProviderKeys
{
    [LoggerMessage(2001, LogLevel.Information, "{Address} publishes {Count} keys that are accepted")]
    private partial void LogKeys(string address, int count);

    [LoggerMessage(2002, LogLevel.Error, "{Address} gives no keys: {Reason}. Tokens whose keys are not known yet are refused until it does")]
    private partial void LogSilent(string address, string reason);
}
