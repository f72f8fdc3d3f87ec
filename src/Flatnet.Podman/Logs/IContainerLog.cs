namespace Flatnet.Podman;

/// <summary>One container's log, wherever it is read from.</summary>
public interface IContainerLog
{
    /// <summary>Where it is read from: <c>file</c>, <c>api</c>, <c>journald</c> or <c>command</c>.</summary>
    public string Source { get; }

    /// <summary>The lines, oldest first as written. With <see cref="LogQuery.Follow"/>, history and live lines join without gap or
    /// duplicate, also over rotation, truncation and reconnecting.</summary>
    /// <exception cref="EngineException">The log cannot be read.</exception>
    public IAsyncEnumerable<LogRecord> ReadAsync(LogQuery query, CancellationToken cancellation);
}
