namespace Flatnet.Podman.Logs;

/// <summary>How far a container is.</summary>
/// <param name="HasEnded">Whether it has ended or is gone. One that was never started has not ended.</param>
/// <param name="StartedAt">When it was started last.</param>
internal readonly record struct LifeState(bool HasEnded, DateTimeOffset? StartedAt);
