using System.Runtime.InteropServices;
using Flatnet.Interop;
using static Flatnet.Interop.FileConstants;
using static Flatnet.Interop.NamespaceConstants;
using static Flatnet.Interop.SchedConstants;

namespace Flatnet.Netlink;

/// <summary>An open network namespace. As long as it is open it exists, even when its last process is gone.</summary>
public sealed unsafe class NetworkNamespace : IDisposable
{
    private const string OwnPath = "/proc/thread-self/ns/net";

    private readonly SafeFileDescriptor _descriptor;
    private readonly string _path;

    private NetworkNamespace(SafeFileDescriptor descriptor, string path)
    {
        _descriptor = descriptor;
        _path = path;
    }

    /// <summary>The bare descriptor, for IFLA_NET_NS_FD; valid until <see cref="Dispose"/>.</summary>
    internal int Descriptor => _descriptor.Descriptor;

    /// <summary>Opens the namespace at a path such as <c>/run/netns/x</c> or <c>/proc/123/ns/net</c>.</summary>
    /// <exception cref="NamespaceException">Nothing is there, it is no namespace, or it cannot be opened.</exception>
    public static NetworkNamespace Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0 || path.Contains('\0'))
        {
            throw new NamespaceException(NamespaceFailure.NotFound, "\"" + path + "\"", "no such file");
        }

        // O_NONBLOCK: somebody may have put a FIFO there, and opening that would wait for a writer.
        int descriptor = Libc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
        if (descriptor < 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            bool isMissing = errno is Errno.ENOENT or Errno.ENOTDIR;
            throw new NamespaceException(isMissing ? NamespaceFailure.NotFound : NamespaceFailure.Unreadable, path, Explain(errno));
        }

        var owned = new SafeFileDescriptor(descriptor);
        try
        {
            RequireNamespaceFile(owned, path);
        }
        catch
        {
            owned.Dispose();
            throw;
        }

        return new NetworkNamespace(owned, path);
    }

    /// <summary>The namespace the calling thread is in.</summary>
    /// <exception cref="NamespaceException">/proc is not mounted or not readable.</exception>
    public static NetworkNamespace Current() => Open(OwnPath);

    /// <summary>True when both are the same namespace (same device and inode), whatever paths they were opened by.</summary>
    /// <exception cref="NamespaceException">One of them cannot be examined.</exception>
    public bool IsSameAs(NetworkNamespace other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Statx mine = Status();
        Statx theirs = other.Status();
        return mine.stx_ino == theirs.stx_ino
            && mine.stx_dev_major == theirs.stx_dev_major
            && mine.stx_dev_minor == theirs.stx_dev_minor;
    }

    /// <summary>
    /// Runs <paramref name="action"/> with the calling thread inside this namespace and comes back. Meant for opening sockets,
    /// which stay inside, and for sysctls. The action must be synchronous: another thread is somewhere else.
    /// </summary>
    /// <returns>What the action returns.</returns>
    /// <exception cref="NamespaceException">The namespace cannot be entered.</exception>
    public T Enter<T>(Func<T> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        using NetworkNamespace home = Current();
        if (Libc.setns(Descriptor, CLONE_NEWNET) < 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            // EINVAL: a namespace of another kind, which looks the same on nsfs.
            NamespaceFailure reason = errno == Errno.EINVAL ? NamespaceFailure.NotANamespace : NamespaceFailure.Unreadable;
            throw new NamespaceException(reason, _path, "cannot be entered: " + Explain(errno));
        }

        try
        {
            return action();
        }
        finally
        {
            if (Libc.setns(home.Descriptor, CLONE_NEWNET) < 0)
            {
                // Whatever this thread did next would happen to the wrong network.
                Environment.FailFast("cannot return from network namespace " + _path + ": " + Explain(Marshal.GetLastPInvokeError()));
            }
        }
    }

    /// <summary>Closes the descriptor. The namespace goes on as long as something else holds it.</summary>
    public void Dispose() => _descriptor.Dispose();

    private static void RequireNamespaceFile(SafeFileDescriptor descriptor, string path)
    {
        Statfs system;
        if (Libc.fstatfs(descriptor.Descriptor, &system) < 0)
        {
            throw new NamespaceException(NamespaceFailure.Unreadable, path, Explain(Marshal.GetLastPInvokeError()));
        }

        // Kernels before 3.19 had namespaces on procfs; runtimes still accept both, so a file that only looks right is found by setns.
        if (system.f_type is not (NSFS_MAGIC or PROC_SUPER_MAGIC))
        {
            throw new NamespaceException(NamespaceFailure.NotANamespace, path, "is no namespace but an ordinary file or directory");
        }
    }

    private static string Explain(int errno)
    {
        string meaning = Errno.Describe(errno);
        return meaning.Length == 0 ? Errno.Name(errno) : meaning + " (" + Errno.Name(errno) + ")";
    }

    private Statx Status()
    {
        Statx status;
        return Libc.statx(Descriptor, "", AT_EMPTY_PATH, STATX_INO, &status) == 0
            ? status
            : throw new NamespaceException(NamespaceFailure.Unreadable, _path, Explain(Marshal.GetLastPInvokeError()));
    }
}
