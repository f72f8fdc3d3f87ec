using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Flatnet.Ipam.Tests;

/// <summary>Runs code in a thread with a mount namespace of its own, over a small tmpfs. The namespace, and with it the mount,
/// ends with the thread.</summary>
internal static partial class PrivateMounts
{
    private const int CLONE_FS = 0x200;
    private const int CLONE_NEWNS = 0x20000;
    private const nuint MS_RDONLY = 1;
    private const nuint MS_REMOUNT = 32;
    private const nuint MS_REC = 16384;
    private const nuint MS_PRIVATE = 1 << 18;

    public static void OverTmpfs(string options, Action<string> body)
    {
        using var directory = new TemporaryDirectory();
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Check(unshare(CLONE_FS | CLONE_NEWNS));
                Check(mount("none", "/", null, MS_REC | MS_PRIVATE, null));
                Check(mount("tmpfs", directory.Path, "tmpfs", 0, options));
                body(directory.Path);
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    public static void MakeReadOnly(string path) => Check(mount("tmpfs", path, "tmpfs", MS_REMOUNT | MS_RDONLY, null));

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException("mount or unshare failed: " + Marshal.GetLastPInvokeErrorMessage());
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int unshare(int flags);

    [DllImport("libc", SetLastError = true, CharSet = CharSet.Ansi)]
    private static extern int mount(string source, string target, string? type, nuint flags, string? options);
}
