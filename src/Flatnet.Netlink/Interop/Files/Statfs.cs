using System.Runtime.InteropServices;

namespace Flatnet.Interop;

/// <summary><c>struct statfs</c> of 64-bit Linux: 120 bytes, of which only the type (a magic number of linux/magic.h) is read.</summary>
[StructLayout(LayoutKind.Explicit, Size = 120)]
internal struct Statfs
{
    [FieldOffset(0)]
    internal long f_type;
}
