namespace Flatnet.Podman;

/// <summary>One whole line of a container's log.</summary>
/// <param name="Timestamp">Nanoseconds since 1970, UTC.</param>
/// <param name="Channel">Where it was written.</param>
/// <param name="Text">The line in the container's own bytes, without its line end.</param>
public readonly record struct LogRecord(long Timestamp, LogChannel Channel, ReadOnlyMemory<byte> Text);
