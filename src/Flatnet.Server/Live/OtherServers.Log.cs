namespace Flatnet.Server.Live;

internal sealed partial class OtherServers
{
    [LoggerMessage(3101, LogLevel.Warning, "Cannot hear of other servers' commits; trying again")]
    private partial void LogWatchFailed(Exception reason);
}
