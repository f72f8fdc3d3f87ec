using System.Globalization;
using System.Text;

namespace Flatnet.Podman;

/// <summary>Where Podman's socket may be.</summary>
internal static class SocketPlaces
{
    private const string Relative = "podman/podman.sock";

    /// <summary>The user's sockets, then the system's.</summary>
    public static IEnumerable<string> Usual(EngineOptions options)
    {
        string? runtime = options.Environment("XDG_RUNTIME_DIR");
        if (!string.IsNullOrEmpty(runtime))
        {
            yield return Path.Combine(runtime, Relative);
        }

        string? own = UserId.Read() is uint user ? string.Create(CultureInfo.InvariantCulture, $"{options.RunDirectory}/user/{user}") : null;
        if (own is not null && own != runtime)
        {
            yield return Path.Combine(own, Relative);
        }

        yield return Path.Combine(options.RunDirectory, Relative);
    }

    /// <summary>The path in <c>unix:///path</c>, also written <c>unix://path</c> or <c>unix:/path</c>, or in a bare path.</summary>
    /// <exception cref="EngineException">It is the URL of something else than a Unix socket, or no such path can be.</exception>
    public static string PathOf(string url)
    {
        const string Scheme = "unix:";
        string path = url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? "/" + url[Scheme.Length..].TrimStart('/')
            : url.Contains("://", StringComparison.Ordinal) ? throw EngineErrors.NotUnix(url) : url;
        return IsPossible(path) ? path : throw EngineErrors.BadPath(path);
    }

    /// <summary>False when there is surely no socket. A directory that this user may not enter may hold one.</summary>
    public static bool MayExist(string path)
    {
        return IsPossible(path) && (File.Exists(path) || IsHidden(Path.GetDirectoryName(path)!));
    }

    // sockaddr_un has 108 bytes for the path and its final NUL.
    private static bool IsPossible(string path)
    {
        return Encoding.UTF8.GetByteCount(path) is > 0 and < 108 && !path.Contains('\0');
    }

    private static bool IsHidden(string directory)
    {
        return Directory.Exists(directory) && !CanList(directory);
    }

    private static bool CanList(string directory)
    {
        try
        {
            _ = Directory.EnumerateFileSystemEntries(directory).FirstOrDefault();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
