using Microsoft.Extensions.Logging;

namespace Flatnet.Agent.Configuration;

/// <summary>The agent's own log.</summary>
internal sealed record LoggingOptions
{
    public required LogLevel Level { get; init; }

    public required bool IsJson { get; init; }

    public required LogOutput Output { get; init; }

    /// <summary>The file, where the output is one.</summary>
    public required string Path { get; init; }

    /// <summary>A file that grew to this many bytes is set aside.</summary>
    public required long MaxSize { get; init; }

    /// <summary>Files set aside that are kept.</summary>
    public required int MaxBackups { get; init; }

    /// <summary>How long they are kept.</summary>
    public required TimeSpan MaxAge { get; init; }

    /// <summary>They are compressed with gzip.</summary>
    public required bool Compress { get; init; }
}
