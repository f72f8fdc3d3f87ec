using System.Runtime.InteropServices;

namespace Flatnet.Interop;

/// <summary><c>sigset_t</c> of signal.h: opaque, 128 bytes in glibc and musl.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal readonly struct SignalSet
{
    private readonly long _first;
}
