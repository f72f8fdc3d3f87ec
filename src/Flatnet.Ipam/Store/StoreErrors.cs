using System.Globalization;
using Flatnet.Interop;

namespace Flatnet.Ipam;

/// <summary>What a store can fail with: the path, the errno's name, and what to do.</summary>
internal static class StoreErrors
{
    internal static IpamException LockTimeout(string path, TimeSpan timeout) => new(
        IpamFailure.LockTimeout,
        string.Create(CultureInfo.InvariantCulture, $"lock {path} is held by another process for more than {timeout.TotalMilliseconds} ms"),
        "try again; \"fuser -v\" on that file shows who holds it");

    internal static IpamException Unreadable(string action, string path, int errno) => new(
        IpamFailure.StateUnreadable,
        $"{action} {path}: {Text(errno)}",
        errno switch
        {
            Errno.ELOOP => "state is never followed through symbolic links: put the real file there, or set \"dataDir\"",
            Errno.ENOTDIR => "a directory of state is a symbolic link or a file: put a real directory there, or set \"dataDir\"",
            _ => "flatnet's state must be readable by root",
        })
    {
        IsPermissionDenied = errno is Errno.EACCES or Errno.EPERM,
    };

    internal static IpamException Unwritable(string action, string path, int errno) => new(
        IpamFailure.StateUnwritable,
        $"{action} {path}: {Text(errno)}",
        errno switch
        {
            Errno.ENOSPC or Errno.EDQUOT => "make room on that file system; nothing was changed",
            Errno.EROFS => "the file system is read-only: remount it, or set \"dataDir\" to a writable one; nothing was changed",
            Errno.ELOOP => "state is never followed through symbolic links: remove the link; nothing was changed",
            Errno.ENOTDIR => "a directory of state is a symbolic link or a file: put a real directory there, or set \"dataDir\"",
            _ => "flatnet's state must be writable by root; nothing was changed",
        })
    {
        IsPermissionDenied = errno is Errno.EACCES or Errno.EPERM,
    };

    private static string Text(int errno)
    {
        string description = Errno.Describe(errno);
        return description.Length == 0 ? Errno.Name(errno) : $"{description} ({Errno.Name(errno)})";
    }
}
