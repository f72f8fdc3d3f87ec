namespace Flatnet.Podman.Logs;

/// <summary>A log that somebody else reads for us and sends as a stream.</summary>
internal interface ILogSource
{
    /// <summary>What it is called: <c>api</c>, <c>journald</c>, <c>command</c>.</summary>
    public string Name { get; }

    /// <summary>The pieces of lines in the order they were written.</summary>
    /// <exception cref="EngineException">The source refused, or cannot be reached.</exception>
    /// <exception cref="IOException">The connection broke; what came before is right.</exception>
    public IAsyncEnumerable<LogPiece> ReadAsync(LogRequest request, CancellationToken cancellation);
}
