using System.Runtime.InteropServices;

namespace Flatnet.Interop;

/// <summary><c>posix_spawn_file_actions_t</c> of spawn.h: opaque, 80 bytes in glibc and musl; room to spare costs nothing.</summary>
[StructLayout(LayoutKind.Sequential, Size = 256)]
internal readonly struct SpawnFileActions
{
    private readonly long _first;
}
