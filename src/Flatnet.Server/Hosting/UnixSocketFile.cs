using System.Net.Sockets;
using Flatnet.Interop;

namespace Flatnet.Server.Hosting;

/// <summary>The file of a unix socket to listen on.</summary>
internal static class UnixSocketFile
{
    /// <summary>Removes the socket that a killed server left behind, which would keep the next one from starting. Anything else is left alone.</summary>
    public static void RemoveStale(string path)
    {
        if (IsSocket(path) && !IsServed(path))
        {
            File.Delete(path);
        }
    }

    private static unsafe bool IsSocket(string path)
    {
        Statx status;
        return Libc.statx(FileConstants.AT_FDCWD, path, FileConstants.AT_SYMLINK_NOFOLLOW, FileConstants.STATX_BASIC_STATS, &status) == 0
            && (status.stx_mode & FileConstants.S_IFMT) == FileConstants.S_IFSOCK;
    }

    private static bool IsServed(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode != SocketError.ConnectionRefused;
        }
    }
}
