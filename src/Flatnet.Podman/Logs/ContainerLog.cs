namespace Flatnet.Podman;

/// <summary>Chooses where a container's log is read from.</summary>
public static class ContainerLog
{
    /// <summary>Takes the file when it can be read, else the journal, else the socket, else the command line; or what is asked for.</summary>
    /// <param name="engine">The engine that knows the container.</param>
    /// <param name="details">The container.</param>
    /// <param name="source"><c>file</c>, <c>journald</c>, <c>api</c>, <c>command</c>; null to choose.</param>
    /// <exception cref="EngineException">The log driver keeps nothing, or the source asked for cannot be had.</exception>
    public static IContainerLog Open(IContainerEngine engine, ContainerDetails details, string? source = null) => throw new NotImplementedException();
}
