using Flatnet.Interop;

namespace Flatnet.Ipam;

/// <summary>Who may do what with a file.</summary>
/// <param name="Mode">The permission bits, such as octal 600.</param>
/// <param name="OwnerId">The owner's user ID; 0 is root.</param>
public sealed record FileProtection(int Mode, long OwnerId)
{
    private const int PermissionBits = 0xFFF;

    /// <summary>Looks at a file without opening it or following a symbolic link; null when that is not possible.</summary>
    public static unsafe FileProtection? Of(string path)
    {
        Statx status;
        int result = Libc.statx(FileConstants.AT_FDCWD, path, FileConstants.AT_SYMLINK_NOFOLLOW, FileConstants.STATX_BASIC_STATS, &status);
        return result == 0 ? new FileProtection(status.stx_mode & PermissionBits, status.stx_uid) : null;
    }
}
