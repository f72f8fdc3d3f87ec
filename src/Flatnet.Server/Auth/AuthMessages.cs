namespace Flatnet.Server.Auth;

/// <summary>What the files of credentials have to tell.</summary>
internal static partial class AuthMessages
{
    [LoggerMessage(2004, LogLevel.Warning, "Nothing is configured that proves who asks: requests from this machine are served as an administrator's, all others are refused. Set auth.adminToken, or make a key: flatnetd token create")]
    public static partial void LogOpen(ILogger logger);

    [LoggerMessage(2005, LogLevel.Error, "What a file of credentials said before goes on holding: {Reason}")]
    public static partial void LogBroken(ILogger logger, string reason);
}
