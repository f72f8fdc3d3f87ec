using System.Runtime.InteropServices;

namespace Flatnet.Interop;

internal static unsafe partial class Libc
{
    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial int socket(int domain, int type, int protocol);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial int bind(int fd, sockaddr_nl* address, uint length);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial int getsockname(int fd, sockaddr_nl* address, uint* length);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial int setsockopt(int fd, int level, int name, void* value, uint length);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial nint sendto(int fd, byte* buffer, nuint length, int flags, sockaddr_nl* address, uint addressLength);

    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial nint recvfrom(int fd, byte* buffer, nuint length, int flags, sockaddr_nl* address, uint* addressLength);
}
