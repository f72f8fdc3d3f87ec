using System.Runtime.InteropServices;

namespace Flatnet.Interop;

/// <summary>libc under its own names: what running another program needs.</summary>
internal static unsafe partial class Libc
{
    [LibraryImport(LibraryName, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int posix_spawn(int* pid, string path, SpawnFileActions* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport(LibraryName)]
    internal static partial int posix_spawn_file_actions_init(SpawnFileActions* actions);

    [LibraryImport(LibraryName)]
    internal static partial int posix_spawn_file_actions_destroy(SpawnFileActions* actions);

    [LibraryImport(LibraryName)]
    internal static partial int posix_spawn_file_actions_adddup2(SpawnFileActions* actions, int descriptor, int newDescriptor);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial int waitpid(int pid, int* status, int options);

    [LibraryImport(LibraryName, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int memfd_create(string name, uint flags);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial nint pread(int descriptor, byte* buffer, nuint count, long offset);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial nint pwrite(int descriptor, byte* buffer, nuint count, long offset);
}
