using System.Runtime.InteropServices;

namespace Flatnet.Interop;

/// <summary>libc under its own names: what files and directories need. Declarations only; a failure leaves its number in
/// <see cref="Marshal.GetLastPInvokeError"/>.</summary>
internal static unsafe partial class Libc
{
    internal const string LibraryName = "libc";

    [LibraryImport(LibraryName, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int open(string path, int flags, uint mode);

    [LibraryImport(LibraryName, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int openat(int directory, string path, int flags, uint mode);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial int close(int descriptor);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial nint read(int descriptor, byte* buffer, nuint count);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial nint write(int descriptor, byte* buffer, nuint count);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial int fdatasync(int descriptor);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial int flock(int descriptor, int operation);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial int ftruncate(int descriptor, long length);

    [LibraryImport(LibraryName, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int renameat(int oldDirectory, string oldPath, int newDirectory, string newPath);

    [LibraryImport(LibraryName, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int linkat(int oldDirectory, string oldPath, int newDirectory, string newPath, int flags);

    [LibraryImport(LibraryName, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int unlinkat(int directory, string path, int flags);

    [LibraryImport(LibraryName, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mkdir(string path, uint mode);

    [LibraryImport(LibraryName, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int faccessat(int directory, string path, int mode, int flags);

    /// <summary>Same layout on every architecture, unlike fstat(2).</summary>
    [LibraryImport(LibraryName, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int statx(int directory, string path, int flags, uint mask, Statx* status);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial int fstatfs(int descriptor, Statfs* status);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial nint getdents64(int descriptor, byte* buffer, nuint count);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial int nanosleep(Timespec* requested, Timespec* remaining);
}
