namespace Flatnet.Server.Storage.Sqlite;

/// <summary>The database's files: for their owner only, and no links.</summary>
internal static class SqliteFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerFile | UnixFileMode.UserExecute;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Makes directory and file where they are missing. SQLite gives the files beside it the same mode.</summary>
    public static void Prepare(string path)
    {
        try
        {
            string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
            Directory.CreateDirectory(directory, OwnerDirectory);
            if ((File.GetUnixFileMode(directory) & OthersWrite) != 0)
            {
                throw new StoreException($"Cannot use the database {path}: others may write to {directory}. Make it its owner's only: chmod 700 {directory}");
            }

            if (new FileInfo(path).LinkTarget is { } target)
            {
                throw new StoreException($"Cannot use the database {path}: it is a link to {target}. Name the file itself.");
            }

            if (!File.Exists(path))
            {
                // CreateNew follows no link that appears meanwhile.
                using var file = new FileStream(path, new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = OwnerFile,
                });
            }
            else
            {
                File.SetUnixFileMode(path, OwnerFile);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"Cannot use the database {path}: {error.Message}", inner: error);
        }
    }

    /// <summary>Bytes of all files of the database.</summary>
    public static long Size(string path)
    {
        long size = 0;
        foreach (string suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            var file = new FileInfo(path + suffix);
            size += file.Exists ? file.Length : 0;
        }

        return size;
    }
}
