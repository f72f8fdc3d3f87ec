using Flatnet.Podman.CommandLine;
using Flatnet.Podman.Logs;

namespace Flatnet.Podman;

/// <summary>Chooses where a container's log is read from.</summary>
public static class ContainerLog
{
    private const string Podman = "podman";
    private const string Journalctl = "journalctl";

    /// <summary>Takes the file when it can be read, else the journal, else the socket, else the command line; or what is asked for.</summary>
    /// <param name="engine">The engine that knows the container.</param>
    /// <param name="details">The container.</param>
    /// <param name="source"><c>file</c>, <c>journald</c>, <c>api</c>, <c>command</c>; null to choose.</param>
    /// <exception cref="EngineException">The log driver keeps nothing, or the source asked for cannot be had.</exception>
    public static IContainerLog Open(IContainerEngine engine, ContainerDetails details, string? source = null)
    {
        return Open(engine, details, source, Environment.GetEnvironmentVariable("PATH"));
    }

    internal static IContainerLog Open(IContainerEngine engine, ContainerDetails details, string? source, string? searchPath)
    {
        string name = details.Container.Names is [var first, ..] ? first : details.Container.Id;
        if (LogDrivers.KeepsNothing(details.LogDriver))
        {
            throw LogDrivers.Nothing(details.LogDriver, name);
        }

        ContainerLife life = new(engine, details.Container.Id);
        return source switch
        {
            null => File(details, life, mustBeReadable: true) ?? Journal(details, life, searchPath) ?? Engine(engine, details, life, searchPath),
            "file" => File(details, life, mustBeReadable: false),
            "journald" => Journal(details, life, searchPath),
            "api" => engine is PodmanSocketEngine socket ? new StreamedLog(Api(socket, details), life, details.HasTerminal) : null,
            "command" => Command(engine, details, life, searchPath),
            _ => throw new ArgumentException($"'{source}' is no source of logs", nameof(source)),
        } ?? throw new EngineException(
            EngineFailure.Refused,
            $"the log of container {name} (driver '{details.LogDriver}') cannot be read by way of '{source ?? "any source"}'",
            "Leave the choice of the source to flatnet.");
    }

    private static K8sFileLog? File(ContainerDetails details, ContainerLife life, bool mustBeReadable)
    {
        return LogDrivers.WritesFile(details.LogDriver) && details.LogPath.StartsWith('/') && (!mustBeReadable || IsReadable(details.LogPath))
            ? new K8sFileLog(details.LogPath, details.HasTerminal, life.WaitForEndAsync)
            : null;
    }

    private static StreamedLog? Journal(ContainerDetails details, ContainerLife life, string? searchPath)
    {
        return details.LogDriver == "journald" && ProgramPath.Find(Journalctl, searchPath) is { } program
            ? new StreamedLog(new JournalSource(program, details.Container.Id), life, details.HasTerminal)
            : null;
    }

    private static IContainerLog? Engine(IContainerEngine engine, ContainerDetails details, ContainerLife life, string? searchPath)
    {
        StreamedLog? command = Command(engine, details, life, searchPath);
        return engine is not PodmanSocketEngine socket ? command : command is null
            ? new StreamedLog(Api(socket, details), life, details.HasTerminal)
            : new PreciseLog(Api(socket, details), ProgramOf(engine, searchPath)!, details, life);
    }

    private static ApiSource Api(PodmanSocketEngine engine, ContainerDetails details)
    {
        return new ApiSource(engine.OpenStreamAsync, details.Container.Id, details.HasTerminal, engine.HasLibpod);
    }

    private static StreamedLog? Command(IContainerEngine engine, ContainerDetails details, ContainerLife life, string? searchPath)
    {
        return ProgramOf(engine, searchPath) is { } program
            ? new StreamedLog(new CommandSource(program, details.Container.Id), life, details.HasTerminal)
            : null;
    }

    private static string? ProgramOf(IContainerEngine engine, string? searchPath)
    {
        return engine is PodmanCommandEngine command ? command.Program : ProgramPath.Find(Podman, searchPath);
    }

    // The file of a container that never ran is not there yet: then its directory tells.
    private static bool IsReadable(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
