using System.Runtime.InteropServices;
using Flatnet.Cni.Attachments;
using Flatnet.Interop;

namespace Flatnet.Cni.Bridges;

/// <summary>
/// Keeps the removal of an empty bridge apart from attachments that are about to use it. Attaching shares the lock; removing
/// needs it alone and goes away when it cannot have it, because then somebody is attaching.
/// </summary>
internal sealed class BridgeLock : IDisposable
{
    private const string Directory = "/run/flatnet";
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

    /// <summary>Takes the whole lock if nobody else holds any of it; null otherwise.</summary>
    public static BridgeLock? TryTake(string bridge)
    {
        SafeFileDescriptor? file = Open(bridge);
        if (file is null)
        {
            return null;
        }

        if (Lock(file, FileConstants.LOCK_EX | FileConstants.LOCK_NB) == 0)
        {
            return new BridgeLock(file);
        }

        file.Dispose();
        return null;
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
        if (descriptor < 0 && Marshal.GetLastPInvokeError() == Errno.ENOENT && Libc.mkdir(Directory, ownerOnlyDirectory) == 0)
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
