using System.Runtime.InteropServices;
using Flatnet.Interop;
using Microsoft.Win32.SafeHandles;

namespace Flatnet.Agent.Spool;

/// <summary>Opens the spool's files: for their owner alone, never through a symbolic link, and never kept open by a child.</summary>
internal static class SpoolFiles
{
    private const uint OwnerOnlyFile = 0x180; // 0600
    private const UnixFileMode OwnerOnlyDirectory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly int Safe = FileConstants.O_CLOEXEC | FileConstants.O_NOFOLLOW | FileConstants.O_NONBLOCK;

    public static SafeFileHandle OpenOrCreate(string path) => Open(path, FileConstants.O_RDWR | FileConstants.O_CREAT);

    public static SafeFileHandle CreateNew(string path) => Open(path, FileConstants.O_RDWR | FileConstants.O_CREAT | FileConstants.O_EXCL);

    public static SafeFileHandle OpenRead(string path) => Open(path, FileConstants.O_RDONLY);

    /// <summary>Takes or gives back a lock with flock(2); false when another process has it.</summary>
    public static bool Lock(SafeFileHandle file, int operation)
    {
        while (Libc.flock(Descriptor(file), operation) != 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            if (errno == Errno.EAGAIN)
            {
                return false;
            }

            if (errno != Errno.EINTR)
            {
                throw new SpoolException($"cannot lock the spool: {Errno.Describe(errno)} ({Errno.Name(errno)}). The file system must know flock(2).");
            }
        }

        return true;
    }

    /// <summary>Forces the file's content onto the disk.</summary>
    public static void Sync(SafeFileHandle file)
    {
        if (Libc.fdatasync(Descriptor(file)) != 0)
        {
            throw new SpoolException($"cannot force the spool onto the disk: {Errno.Name(Marshal.GetLastPInvokeError())}. Look at the disk; lines may be lost if the machine stops now.");
        }
    }

    /// <summary>Makes a directory, and what leads to it as the system makes directories.</summary>
    public static void MakeDirectory(string path)
    {
        try
        {
            Directory.CreateDirectory(path, OwnerOnlyDirectory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SpoolException($"cannot make the directory {path}: {error.Message} Name another one with spool.dir.", error);
        }
    }

    private static SafeFileHandle Open(string path, int flags)
    {
        int descriptor = Libc.open(path, flags | Safe, OwnerOnlyFile);
        if (descriptor >= 0)
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        int errno = Marshal.GetLastPInvokeError();
        string reason = $"{Errno.Describe(errno)} ({Errno.Name(errno)})";
        throw new SpoolException($"cannot open {path}: {reason}. Check who owns the directory, or name another one with spool.dir.") { HResult = errno };
    }

    private static int Descriptor(SafeFileHandle file) => (int)file.DangerousGetHandle();
}
