namespace Flatnet.Loki.Following;

/// <summary>How a tail ended.</summary>
internal enum TailEnd
{
    /// <summary>The connection broke, or Loki had to stop.</summary>
    Broken,

    /// <summary>Loki ends every tail after a while (<c>tail_max_duration</c>): nothing is wrong.</summary>
    LastedLongEnough,

    /// <summary>Too many tails are open already (<c>max_concurrent_tail_requests</c>).</summary>
    TooMany,
}
