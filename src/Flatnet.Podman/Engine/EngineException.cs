namespace Flatnet.Podman;

/// <summary>Podman could not be asked, or refused. The message says what was tried and why it failed.</summary>
public sealed class EngineException : Exception
{
    /// <summary>An error with its kind and what the user can do.</summary>
    public EngineException(EngineFailure failure, string message, string advice, Exception? inner = null)
        : base(message, inner)
    {
        Failure = failure;
        Advice = advice;
    }

    /// <summary>What kind of failure it was.</summary>
    public EngineFailure Failure { get; }

    /// <summary>The HTTP status of the refusal: 404 no such container (or several), 400 and 500 a bad request; null without one.</summary>
    public int? Status { get; init; }

    /// <summary>What the user can do; may be empty.</summary>
    public string Advice { get; }
}
