using System.Runtime.InteropServices;

namespace Flatnet.Interop;

/// <summary><c>posix_spawnattr_t</c> of spawn.h: opaque, 336 bytes in glibc and musl; room to spare costs nothing.</summary>
[StructLayout(LayoutKind.Sequential, Size = 512)]
internal readonly struct SpawnAttributes
{
    private readonly long _first;
}
