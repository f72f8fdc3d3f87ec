namespace Flatnet.Server.Hosting;

/// <summary>The directory of everything that the server keeps: lines, keys, users.</summary>
internal static class DataDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <exception cref="HostingException">It cannot be made.</exception>
    public static void Create(string path)
    {
        try
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HostingException($"Cannot create the data directory {path}: {error.Message} Name another with dataDir, --data-dir or FLATNET_DATA_DIR.", error);
        }
    }
}
