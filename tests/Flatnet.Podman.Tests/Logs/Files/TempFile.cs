using System.Text;

namespace Flatnet.Podman.Tests.Logs.Files;

/// <summary>A log file in a directory of its own, as a container has it.</summary>
internal sealed class TempFile : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("flatnet-log-");
    private int _replaced;

    public string Path => System.IO.Path.Combine(_directory.FullName, "ctr.log");

    public void Write(string text)
    {
        Write(Encoding.UTF8.GetBytes(text));
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        using FileStream file = new(Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.Write(bytes);
    }

    /// <summary>As conmon does it: a new file is renamed over the old one, which is gone.</summary>
    public void Replace(string text = "")
    {
        File.WriteAllText(Path + ".tmp", text);
        File.Move(Path + ".tmp", Path, overwrite: true);
    }

    /// <summary>As logrotate does it: the old file keeps its content under another name.</summary>
    public void MoveAway()
    {
        File.Move(Path, $"{Path}.{++_replaced}");
    }

    public void Empty()
    {
        using FileStream file = new(Path, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
    }

    public void Dispose()
    {
        _directory.Delete(recursive: true);
    }
}
