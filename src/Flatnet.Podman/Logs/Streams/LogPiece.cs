namespace Flatnet.Podman.Logs;

/// <summary>A line, or a part of one.</summary>
/// <param name="Record">What was written and when.</param>
/// <param name="IsPartial">Whether the line goes on in the channel's next piece.</param>
internal readonly record struct LogPiece(LogRecord Record, bool IsPartial);
