namespace Flatnet.LogServer.Tests.Support;

/// <summary>A directory of a test's own, on a real disk, gone with the object.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public TemporaryDirectory()
    {
        // Not /tmp, which may be memory: nothing would be synced there.
        Path = System.IO.Path.Combine("/var/tmp", "flatnet-logs-" + Guid.NewGuid().ToString("n"));
        Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    /// <summary>A directory in it.</summary>
    public string Make(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
