using System.Runtime.InteropServices;

namespace Flatnet.Interop;

/// <summary><c>struct timespec</c> of 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Timespec
{
    internal long tv_sec;
    internal long tv_nsec;
}
