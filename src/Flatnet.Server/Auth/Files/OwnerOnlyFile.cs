using System.Runtime.InteropServices;
using Flatnet.Interop;
using Microsoft.Win32.SafeHandles;

namespace Flatnet.Server.Auth.Files;

/// <summary>Files of credentials: for their owner alone, never reached through a symbolic link, replaced at once.</summary>
internal static class OwnerOnlyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const uint OwnerOnlyBits = 0x180; // 0600
    private const uint OthersBits = 0x3F; // ---rwxrwx
    private const long LargestFile = 16 << 20;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>A file's content; null when there is no such file.</summary>
    /// <exception cref="IOException">It cannot be read, or others can read it.</exception>
    public static byte[]? Read(string path, out FileStamp stamp)
    {
        stamp = default;

        // O_NONBLOCK, because opening a FIFO would otherwise wait for a writer.
        using SafeFileHandle? file = Open(path, FileConstants.O_RDONLY | FileConstants.O_NONBLOCK);
        if (file is null)
        {
            return null;
        }

        Statx status = Status(file, path);
        if ((status.stx_mode & FileConstants.S_IFMT) != FileConstants.S_IFREG)
        {
            throw new IOException($"{path} is not a regular file.");
        }

        if ((status.stx_mode & OthersBits) != 0)
        {
            throw new IOException($"{path} holds credentials, and others than its owner may read or write it. Allow it to the owner alone: chmod 600 {path}");
        }

        if (status.stx_size > LargestFile)
        {
            throw new IOException($"{path} has more than 16 MiB, which no file of credentials has.");
        }

        stamp = new FileStamp(status.stx_ino, status.stx_size, status.stx_mtime_sec, status.stx_mtime_nsec);
        byte[] content = GC.AllocateUninitializedArray<byte>((int)status.stx_size);
        int length = RandomAccess.Read(file, content, 0);
        return content[..length];
    }

    /// <summary>Which state a file is in; default when there is none.</summary>
    public static unsafe FileStamp StampOf(string path)
    {
        Statx status;
        return Libc.statx(FileConstants.AT_FDCWD, path, FileConstants.AT_SYMLINK_NOFOLLOW, FileConstants.STATX_BASIC_STATS, &status) == 0
            ? new FileStamp(status.stx_ino, status.stx_size, status.stx_mtime_sec, status.stx_mtime_nsec)
            : default;
    }

    /// <summary>Replaces a file's content at once: readers see the old or the new one, also after a crash. Creates the directory.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        string temporary = Path.Combine(directory, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            // CreateNew is O_EXCL, which follows no link.
            using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
            {
                file.Write(content);
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

    /// <summary>Waits until no other process changes the file. Kept on a file beside it, because the file itself is replaced.</summary>
    /// <exception cref="IOException">Somebody keeps it for too long.</exception>
    public static IDisposable Lock(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!, OwnerOnly | UnixFileMode.UserExecute);
        string location = path + ".lock";
        SafeFileHandle file = Open(location, FileConstants.O_RDWR | FileConstants.O_CREAT)!;
        long started = Environment.TickCount64;
        while (Libc.flock((int)file.DangerousGetHandle(), FileConstants.LOCK_EX | FileConstants.LOCK_NB) != 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            if (errno is not (Errno.EAGAIN or Errno.EINTR) || Environment.TickCount64 - started > LongestWait.TotalMilliseconds)
            {
                file.Dispose();
                throw new IOException(errno is Errno.EAGAIN
                    ? $"{location} is held by another process. \"fuser -v {location}\" shows which; try again when it has ended."
                    : $"{location} cannot be locked: {Errno.Name(errno)}.");
            }

            Thread.Sleep(Pause);
        }

        return file;
    }

    private static SafeFileHandle? Open(string path, int flags)
    {
        int descriptor = Libc.open(path, flags | FileConstants.O_NOFOLLOW | FileConstants.O_CLOEXEC, OwnerOnlyBits);
        if (descriptor >= 0)
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        return Marshal.GetLastPInvokeError() switch
        {
            Errno.ENOENT when (flags & FileConstants.O_CREAT) == 0 => null,
            Errno.ELOOP => throw new IOException($"{path} is a symbolic link, which a file of credentials must not be. Name the file itself."),
            int errno => throw new IOException($"{path} cannot be opened: {Errno.Name(errno)} ({Errno.Describe(errno)})."),
        };
    }

    private static unsafe Statx Status(SafeFileHandle file, string path)
    {
        Statx status;
        return Libc.statx((int)file.DangerousGetHandle(), "", FileConstants.AT_EMPTY_PATH, FileConstants.STATX_BASIC_STATS, &status) == 0
            ? status
            : throw new IOException($"{path} cannot be examined: {Errno.Name(Marshal.GetLastPInvokeError())}.");
    }
}
