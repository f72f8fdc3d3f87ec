using Flatnet.Logs;

namespace Flatnet.Agent.Spool;

/// <summary>
/// All streams of this machine. Making, claiming and removing one happens under the directory's lock, so that a stream
/// that just begins is never taken for one that was left behind.
/// </summary>
internal sealed class SpoolDirectory(SpoolOptions options)
{
    private const UnixFileMode OthersMayWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    public SpoolOptions Options { get; } = options;

    /// <summary>Begins a stream of a name that was never used.</summary>
    /// <exception cref="SpoolException">It could not be made.</exception>
    public SpoolStream Create(string taskId)
    {
        if (!TaskId.IsValid(taskId))
        {
            throw new SpoolException($"'{taskId}' is no task's ID: letters, digits and . _ - : are allowed, at most {TaskId.MaxLength} of them.");
        }

        SpoolFiles.MakeDirectory(Options.Directory);
        RefuseForeign();
        using SpoolLock _ = Lock();
        var place = new StreamPlace(Options.Directory, taskId, Guid.NewGuid().ToString());
        SpoolFiles.MakeDirectory(Path.GetDirectoryName(place.Path)!);
        SpoolFiles.MakeDirectory(place.Path);
        return new SpoolStream(this, place, SpoolLock.Take(place.LockPath), isNew: true);
    }

    /// <summary>The streams that ended without having delivered everything, oldest first. They are the caller's until it disposes of them.</summary>
    /// <exception cref="SpoolException">The directory cannot be read.</exception>
    public IReadOnlyList<SpoolStream> OpenLeftovers()
    {
        var leftovers = new List<SpoolStream>();
        if (!Directory.Exists(Options.Directory))
        {
            return leftovers;
        }

        RefuseForeign();
        using SpoolLock _ = Lock();
        foreach (StreamPlace place in Places())
        {
            // A stream whose agent is alive is locked.
            if (SpoolLock.TryTake(place.LockPath) is { } streamLock)
            {
                leftovers.Add(new SpoolStream(this, place, streamLock, isNew: false));
            }
        }

        return leftovers;
    }

    /// <summary>Removes a stream whose segments are gone.</summary>
    internal void Remove(string directory)
    {
        using SpoolLock _ = Lock();
        Directory.Delete(directory, recursive: true);
        string task = Path.GetDirectoryName(directory)!;
        if (!Directory.EnumerateFileSystemEntries(task).Any())
        {
            Directory.Delete(task);
        }
    }

    private IEnumerable<StreamPlace> Places() =>
        from task in new DirectoryInfo(Options.Directory).EnumerateDirectories()
        where TaskId.IsValid(task.Name) && task.LinkTarget is null
        from stream in task.EnumerateDirectories()
        where Guid.TryParseExact(stream.Name, "D", out Guid _) && stream.LinkTarget is null
        orderby stream.CreationTimeUtc
        select new StreamPlace(Options.Directory, task.Name, stream.Name);

    private SpoolLock Lock() => SpoolLock.Take(Path.Combine(Options.Directory, ".lock"));

    // Whoever may write there may also put a link where a file of ours should be.
    private void RefuseForeign()
    {
        if ((File.GetUnixFileMode(Options.Directory) & OthersMayWrite) != 0)
        {
            throw new SpoolException($"{Options.Directory} can be written by others than its owner: use chmod 700, or name another one with spool.dir.");
        }
    }
}
