namespace Flatnet.Netlink;

/// <summary>A kernel setting that could not be read or written.</summary>
public sealed class SysctlException : Exception
{
    internal SysctlException(string key, string? value, int errno)
        : base(Compose(key, value, errno))
    {
        Key = key;
        Value = value;
        Errno = errno;
    }

    /// <summary>The setting, such as <c>net/ipv4/ip_forward</c>.</summary>
    public string Key { get; }

    /// <summary>What was to be written; null when reading failed.</summary>
    public string? Value { get; }

    /// <summary>The error number.</summary>
    public int Errno { get; }

    private static string Compose(string key, string? value, int errno)
    {
        string action = value is null ? "read sysctl " + key : "set sysctl " + key + " to " + value;
        string hint = errno is KernelError.EROFS or KernelError.EACCES or KernelError.EPERM
            ? "; /proc/sys is not writable here, set it outside of this container"
            : "";
        return action + ": " + Interop.Errno.Describe(errno) + " (" + Interop.Errno.Name(errno) + ")" + hint;
    }
}
