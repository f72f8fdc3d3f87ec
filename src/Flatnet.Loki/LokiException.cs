namespace Flatnet.Loki;

/// <summary>Loki could not be asked, or refused. The message carries Loki's own text.</summary>
public sealed class LokiException : Exception
{
    /// <summary>An error with its kind.</summary>
    public LokiException(LokiFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    /// <summary>What kind of failure it was, which decides whether falling back makes sense.</summary>
    public LokiFailure Failure { get; }
}
