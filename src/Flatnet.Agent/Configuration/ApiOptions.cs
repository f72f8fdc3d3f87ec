namespace Flatnet.Agent.Configuration;

/// <summary>The server's REST interface.</summary>
internal sealed record ApiOptions
{
    /// <summary>Ends in <c>/api/v1</c>, without a slash behind it.</summary>
    public required Uri Url { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required int RetryCount { get; init; }

    public required TimeSpan RetryInterval { get; init; }

    public required int RequestsPerMinute { get; init; }

    public required int BurstSize { get; init; }
}
