namespace Flatnet.Podman;

/// <summary>Which Podman answers.</summary>
/// <param name="Podman">Its version, such as 4.3.1.</param>
/// <param name="Api">The Docker-compatible API's version, such as 1.41; empty over the command line.</param>
public sealed record EngineVersion(string Podman, string Api);
