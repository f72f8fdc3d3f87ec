using Flatnet.Interop;

namespace Flatnet.Netlink;

/// <summary>The error numbers (errno) callers tell apart; see <c>asm-generic/errno.h</c>.</summary>
public static class KernelError
{
    /// <summary>Not permitted: a capability is missing.</summary>
    public const int EPERM = Errno.EPERM;

    /// <summary>The named table, chain, rule or file does not exist.</summary>
    public const int ENOENT = Errno.ENOENT;

    /// <summary>Out of memory.</summary>
    public const int ENOMEM = Errno.ENOMEM;

    /// <summary>Permission denied.</summary>
    public const int EACCES = Errno.EACCES;

    /// <summary>In use by something else.</summary>
    public const int EBUSY = Errno.EBUSY;

    /// <summary>Already there.</summary>
    public const int EEXIST = Errno.EEXIST;

    /// <summary>No such network interface.</summary>
    public const int ENODEV = Errno.ENODEV;

    /// <summary>The kernel does not accept this combination of values.</summary>
    public const int EINVAL = Errno.EINVAL;

    /// <summary>A value is out of range, such as an interface name of more than 15 bytes.</summary>
    public const int ERANGE = Errno.ERANGE;

    /// <summary>Read-only, such as a container's /proc/sys.</summary>
    public const int EROFS = Errno.EROFS;

    /// <summary>No such process: deleting a route that is not there.</summary>
    public const int ESRCH = 3;

    /// <summary>Somebody else changed the ruleset since the generation that was asked for.</summary>
    public const int ERESTART = Errno.ERESTART;

    /// <summary>The kernel was built without this protocol (no nf_tables).</summary>
    public const int EPROTONOSUPPORT = Errno.EPROTONOSUPPORT;

    /// <summary>The kernel was built without this feature.</summary>
    public const int EOPNOTSUPP = Errno.EOPNOTSUPP;

    /// <summary>The kernel was built without this address family (no IPv6).</summary>
    public const int EAFNOSUPPORT = Errno.EAFNOSUPPORT;

    /// <summary>The address is not there.</summary>
    public const int EADDRNOTAVAIL = Errno.EADDRNOTAVAIL;

    /// <summary>The interface is down.</summary>
    public const int ENETDOWN = Errno.ENETDOWN;

    /// <summary>The gateway is not reachable through any interface.</summary>
    public const int ENETUNREACH = Errno.ENETUNREACH;

    /// <summary>Answers were lost because the socket's receive buffer was full.</summary>
    public const int ENOBUFS = Errno.ENOBUFS;

    /// <summary>The peer does not exist yet (veth brought up too early).</summary>
    public const int ENOTCONN = Errno.ENOTCONN;

    /// <summary>The gateway cannot be reached.</summary>
    public const int EHOSTUNREACH = Errno.EHOSTUNREACH;

    /// <summary>The name of an error number, such as <c>EEXIST</c>.</summary>
    public static string Name(int errno) => Errno.Name(errno);
}
