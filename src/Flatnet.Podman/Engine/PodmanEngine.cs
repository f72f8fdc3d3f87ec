using Flatnet.Podman.CommandLine;
using Flatnet.Podman.Http;

namespace Flatnet.Podman;

/// <summary>Finds Podman.</summary>
public static class PodmanEngine
{
    /// <summary>Takes the first of: the given URL, <c>CONTAINER_HOST</c>, the user's sockets, the system's socket, <c>DOCKER_HOST</c>, the
    /// command line. A URL that was given and does not answer is an error, not skipped; so is <c>CONTAINER_HOST</c>.</summary>
    /// <exception cref="EngineException">There is none, or it may not be asked.</exception>
    public static async Task<IContainerEngine> ConnectAsync(EngineOptions options, CancellationToken cancellation)
    {
        string? given = string.IsNullOrEmpty(options.Url) ? options.Environment("CONTAINER_HOST") : options.Url;
        if (!string.IsNullOrEmpty(given))
        {
            return await OpenAsync(SocketPlaces.PathOf(given), options, hasLibpod: true, cancellation).ConfigureAwait(false);
        }

        string[] places = [.. SocketPlaces.Usual(options)];
        EngineException? denied = null;
        foreach (string place in places.Where(SocketPlaces.MayExist))
        {
            try
            {
                return await OpenAsync(place, options, hasLibpod: true, cancellation).ConfigureAwait(false);
            }
            catch (EngineException problem)
            {
                // A socket that nobody listens on any more is passed over; one that is closed to this user is remembered.
                denied ??= problem.Failure == EngineFailure.Denied ? problem : null;
            }
        }

        return await OpenDockerHostAsync(options, cancellation).ConfigureAwait(false)
            ?? (IContainerEngine?)OpenCommand(options, denied)
            ?? throw denied ?? EngineErrors.NotFound(places, options.Command);
    }

    // Set for Docker, it may point to anything: what does not serve is passed over.
    private static async Task<PodmanSocketEngine?> OpenDockerHostAsync(EngineOptions options, CancellationToken cancellation)
    {
        string? host = options.Environment("DOCKER_HOST");
        if (string.IsNullOrEmpty(host))
        {
            return null;
        }

        try
        {
            return await OpenAsync(SocketPlaces.PathOf(host), options, hasLibpod: false, cancellation).ConfigureAwait(false);
        }
        catch (EngineException)
        {
            return null;
        }
    }

    private static PodmanCommandEngine? OpenCommand(EngineOptions options, EngineException? denied)
    {
        string? program = ProgramPath.Find(options.Command, options.Environment("PATH"));
        return program is null ? null : new PodmanCommandEngine(program, options.Timeout, denied);
    }

    private static async Task<PodmanSocketEngine> OpenAsync(string path, EngineOptions options, bool hasLibpod, CancellationToken cancellation)
    {
        SocketClient client = new(path, options.Timeout);
        try
        {
            await client.ProbeAsync(cancellation).ConfigureAwait(false);
            return new PodmanSocketEngine(client, hasLibpod);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }
}
