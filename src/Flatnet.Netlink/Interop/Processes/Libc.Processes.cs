using System.Runtime.InteropServices;

namespace Flatnet.Interop;

/// <summary>libc under its own names: what running another program needs.</summary>
internal static unsafe partial class Libc
{
    [LibraryImport(LibraryName, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int posix_spawn(int* pid, string path, SpawnFileActions* actions, SpawnAttributes* attributes, byte** arguments, byte** environment);

    [LibraryImport(LibraryName)]
    internal static partial int posix_spawn_file_actions_init(SpawnFileActions* actions);

    [LibraryImport(LibraryName)]
    internal static partial int posix_spawn_file_actions_destroy(SpawnFileActions* actions);

    [LibraryImport(LibraryName)]
    internal static partial int posix_spawn_file_actions_adddup2(SpawnFileActions* actions, int descriptor, int newDescriptor);

    /// <summary>In glibc since 2.29 and in musl.</summary>
    [LibraryImport(LibraryName, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int posix_spawn_file_actions_addchdir_np(SpawnFileActions* actions, string path);

    [LibraryImport(LibraryName)]
    internal static partial int posix_spawnattr_init(SpawnAttributes* attributes);

    [LibraryImport(LibraryName)]
    internal static partial int posix_spawnattr_destroy(SpawnAttributes* attributes);

    [LibraryImport(LibraryName)]
    internal static partial int posix_spawnattr_setflags(SpawnAttributes* attributes, short flags);

    [LibraryImport(LibraryName)]
    internal static partial int posix_spawnattr_setpgroup(SpawnAttributes* attributes, int group);

    [LibraryImport(LibraryName)]
    internal static partial int posix_spawnattr_setsigdefault(SpawnAttributes* attributes, SignalSet* signals);

    [LibraryImport(LibraryName)]
    internal static partial int posix_spawnattr_setsigmask(SpawnAttributes* attributes, SignalSet* signals);

    [LibraryImport(LibraryName)]
    internal static partial int sigfillset(SignalSet* signals);

    [LibraryImport(LibraryName)]
    internal static partial int sigemptyset(SignalSet* signals);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial int kill(int pid, int signal);

    /// <summary>The information that it can give is not asked for.</summary>
    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial int waitid(int idType, int id, void* information, int options);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial int pipe2(int* descriptors, int flags);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial int fcntl(int descriptor, int command, nint argument);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial int poll(Pollfd* descriptors, nuint count, int timeout);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial int waitpid(int pid, int* status, int options);

    [LibraryImport(LibraryName, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int memfd_create(string name, uint flags);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial nint pread(int descriptor, byte* buffer, nuint count, long offset);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial nint pwrite(int descriptor, byte* buffer, nuint count, long offset);
}
