using System.Runtime.InteropServices;
using Flatnet.Cni.Attachments;
using Flatnet.Interop;

namespace Flatnet.Cni.Bridges;

/// <summary>
/// Keeps the removal of an empty bridge apart from attachments that are about to use it. Attaching shares the lock; removing
/// needs it alone, and gives up when those who attach have made the removal pointless.
/// </summary>
internal sealed class BridgeLock : IDisposable
{
    private const string Directory = "/run/flatnet";
    private const long LongestWait = 1000; // milliseconds; an attachment takes some ten
    private readonly SafeFileDescriptor? _file;

    private BridgeLock(SafeFileDescriptor? file) => _file = file;

    /// <summary>Takes a share, waiting for a removal under way. Without a writable <c>/run</c> there is no lock, and a warning.</summary>
    public static BridgeLock Share(string bridge, CallReport report)
    {
        SafeFileDescriptor? file = Open(bridge);
        if (file is null || Lock(file, FileConstants.LOCK_SH) != 0)
        {
            report.Warn($"cannot lock {PathOf(bridge)}: {Errno.Name(Marshal.GetLastPInvokeError())}; a removal of the bridge at this moment would not be noticed");
        }

        return new BridgeLock(file);
    }

    /// <summary>
    /// Takes the whole lock, waiting up to a second for those who share it. Null when they do not end, when
    /// <paramref name="isPointless"/> says so meanwhile, and without a writable <c>/run</c>.
    /// </summary>
    public static BridgeLock? Take(string bridge, Func<bool> isPointless)
    {
        SafeFileDescriptor? file = Open(bridge);
        if (file is null)
        {
            return null;
        }

        long deadline = Environment.TickCount64 + LongestWait;
        while (Lock(file, FileConstants.LOCK_EX | FileConstants.LOCK_NB) != 0)
        {
            if (isPointless() || Environment.TickCount64 > deadline)
            {
                file.Dispose();
                return null;
            }

            Thread.Sleep(1);
        }

        return new BridgeLock(file);
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private static string PathOf(string bridge) => $"{Directory}/{bridge}.lock";

    private static SafeFileDescriptor? Open(string bridge)
    {
        const uint ownerOnly = 0x180; // 0600
        const uint ownerOnlyDirectory = 0x1C0; // 0700
        int flags = FileConstants.O_RDWR | FileConstants.O_CREAT | FileConstants.O_CLOEXEC | FileConstants.O_NOFOLLOW;
        int descriptor = Libc.open(PathOf(bridge), flags, ownerOnly);
        if (descriptor < 0 && Marshal.GetLastPInvokeError() == Errno.ENOENT
            && (Libc.mkdir(Directory, ownerOnlyDirectory) == 0 || Marshal.GetLastPInvokeError() == Errno.EEXIST))
        {
            descriptor = Libc.open(PathOf(bridge), flags, ownerOnly);
        }

        return descriptor < 0 ? null : new SafeFileDescriptor(descriptor);
    }

    private static int Lock(SafeFileDescriptor file, int operation)
    {
        int result;
        do
        {
            result = Libc.flock(file.Descriptor, operation);
        }
        while (result != 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);
        return result;
    }
}
