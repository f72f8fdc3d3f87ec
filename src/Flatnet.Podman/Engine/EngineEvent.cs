namespace Flatnet.Podman;

/// <summary>Something happened to a container.</summary>
/// <param name="Action">create, init, start, died, cleanup, remove, pause, unpause, rename, health_status and so on.</param>
/// <param name="Id">The container's full ID.</param>
/// <param name="Name">Its name.</param>
/// <param name="Time">When.</param>
/// <param name="ExitCode">With <c>died</c>: how it ended.</param>
public sealed record EngineEvent(string Action, string Id, string Name, DateTimeOffset Time, int? ExitCode);
