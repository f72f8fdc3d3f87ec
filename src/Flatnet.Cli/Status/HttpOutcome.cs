namespace Flatnet.Cli.Status;

/// <summary>How a request to a component ended.</summary>
internal enum HttpOutcome
{
    /// <summary>It answered, with whatever status.</summary>
    Answered,

    /// <summary>Nothing listens there.</summary>
    Refused,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>Anything else: unknown host, no route, a broken answer.</summary>
    Failed,
}
