namespace Flatnet.Podman.CommandLine;

/// <summary>Finds a program.</summary>
internal static class ProgramPath
{
    /// <summary>The full path of a program: as given if it has a slash, else the first on the search path.</summary>
    /// <returns>Null when there is none.</returns>
    public static string? Find(string command, string? searchPath)
    {
        if (command.Length == 0)
        {
            return null;
        }

        IEnumerable<string> places = command.Contains('/')
            ? [command]
            : (searchPath ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(directory => Path.Combine(directory, command));
        return places.FirstOrDefault(File.Exists);
    }
}
