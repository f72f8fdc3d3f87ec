namespace Flatnet.Server.Errors;

internal sealed partial class ErrorMiddleware
{
    [LoggerMessage(6001, Microsoft.Extensions.Logging.LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFailure(string method, string path, Exception error);
}
