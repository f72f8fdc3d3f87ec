namespace Flatnet.Server.Hosting;

internal sealed partial class TlsCertificate
{
    [LoggerMessage(1002, LogLevel.Information, "The certificate {Path} was read again; it is good until {Until}")]
    private static partial void LogRenewed(ILogger logger, string path, DateTime until);

    [LoggerMessage(1003, LogLevel.Error, "The certificate {Certificate} or its key {Key} has changed and cannot be used; the one before stays: {Reason}")]
    private static partial void LogUnusable(ILogger logger, string certificate, string key, string reason);
}
