using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Files;

/// <summary>Files that others read: they see the old content or the new one, never half of it.</summary>
internal static class AtomicFile
{
    /// <summary>Readable by everybody, writable by the owner.</summary>
    public const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>As <see cref="Plain"/>, and executable.</summary>
    public const UnixFileMode Executable = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Writes the whole file, replacing one that is there; its directory must exist.</summary>
    /// <exception cref="IOException">It could not be written; the old file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of permission.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        string temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Environment.ProcessId}.tmp");
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(content);
                if (!OperatingSystem.IsWindows())
                {
                    // Not at creation, where the umask would take some of it away.
                    File.SetUnixFileMode(file.SafeFileHandle, mode);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Turns the errors of files into ones that say what to do.</summary>
    /// <exception cref="CommandException">The action failed.</exception>
    public static T Explained<T>(string what, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (UnauthorizedAccessException error)
        {
            throw new CommandException($"{what}: {error.Message}", "Only root may do that: run it with sudo.", ExitCodes.Failure, error) { IsPermissionDenied = true };
        }
        catch (IOException error)
        {
            throw new CommandException($"{what}: {error.Message}", "", ExitCodes.Failure, error);
        }
    }
}
