using System.Runtime.InteropServices;

namespace Flatnet.Interop;

/// <summary>A span of time, the value of SO_RCVTIMEO. Two longs on every 64-bit Linux.</summary>
[CHeader("sys/time.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct timeval
{
    internal nint tv_sec;
    internal nint tv_usec;
}
