using Flatnet.Interop;

namespace Flatnet.Cni.Addressing;

/// <summary>Device and inode: what makes two paths the same file.</summary>
internal readonly record struct FileIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode)
{
    /// <summary>The identity of the file a path leads to, symbolic links followed; null when it cannot be reached.</summary>
    public static unsafe FileIdentity? Of(string path)
    {
        Statx status;
        return Libc.statx(FileConstants.AT_FDCWD, path, 0, FileConstants.STATX_INO, &status) == 0
            ? new FileIdentity(status.stx_dev_major, status.stx_dev_minor, status.stx_ino)
            : null;
    }
}
