using System.Runtime.InteropServices;

namespace Flatnet.Interop;

internal static partial class Libc
{
    [LibraryImport(LibraryName, SetLastError = true)]
    internal static partial int setns(int descriptor, int type);
}
