using System.Runtime.InteropServices;

namespace Flatnet.Interop;

/// <summary>Flags of the file calls, spelled as in <c>fcntl.h</c>, <c>sys/file.h</c> and <c>linux/stat.h</c>. The two that
/// differ between architectures are properties.</summary>
internal static class FileConstants
{
    internal const int O_RDONLY = 0;
    internal const int O_WRONLY = 0x1;
    internal const int O_RDWR = 0x2;
    internal const int O_CREAT = 0x40;
    internal const int O_EXCL = 0x80;
    internal const int O_TRUNC = 0x200;
    internal const int O_APPEND = 0x400;
    internal const int O_NONBLOCK = 0x800;
    internal const int O_CLOEXEC = 0x80000;

    internal const int AT_FDCWD = -100;
    internal const int AT_SYMLINK_NOFOLLOW = 0x100;
    internal const int AT_EMPTY_PATH = 0x1000;

    internal const int LOCK_SH = 1;
    internal const int LOCK_EX = 2;
    internal const int LOCK_NB = 4;
    internal const int LOCK_UN = 8;

    internal const int W_OK = 2;

    internal const uint STATX_TYPE = 0x1;
    internal const uint STATX_MTIME = 0x40;
    internal const uint STATX_INO = 0x100;
    internal const uint STATX_SIZE = 0x200;
    internal const uint STATX_BASIC_STATS = 0x7ff;

    internal const int S_IFMT = 0xF000;
    internal const int S_IFREG = 0x8000;
    internal const int S_IFDIR = 0x4000;
    internal const int S_IFSOCK = 0xC000;

    internal const long EXT4_SUPER_MAGIC = 0xEF53;
    internal const long BTRFS_SUPER_MAGIC = 0x9123683E;
    internal const long TMPFS_MAGIC = 0x01021994;

    internal static int O_DIRECTORY => IsArm ? 0x4000 : 0x10000;

    internal static int O_NOFOLLOW => IsArm ? 0x8000 : 0x20000;

    private static bool IsArm => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;
}
