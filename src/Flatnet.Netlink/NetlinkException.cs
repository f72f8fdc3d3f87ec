namespace Flatnet.Netlink;

/// <summary>A request the kernel refused, or an answer that cannot be used. The message reads
/// <c>create veth veth12ab: File exists (EEXIST): what the kernel added</c>.</summary>
public sealed class NetlinkException : Exception
{
    internal NetlinkException(int errno, string operation, string target, string? kernelMessage)
        : base(Compose(errno, operation, target, kernelMessage))
    {
        Errno = errno;
        Operation = operation;
        Target = target;
        KernelMessage = kernelMessage;
    }

    /// <summary>The error number; 0 when the answer was malformed, or none came in time.</summary>
    public int Errno { get; }

    /// <summary>The error's name, such as <c>EEXIST</c>; empty when <see cref="Errno"/> is 0.</summary>
    public string ErrnoName => Errno == 0 ? "" : Interop.Errno.Name(Errno);

    /// <summary>What was tried, such as <c>create veth</c>.</summary>
    public string Operation { get; }

    /// <summary>On what, such as the link's name; may be empty.</summary>
    public string Target { get; }

    /// <summary>The kernel's own explanation (extended acknowledgement), or what is wrong with the answer; null when there is none.</summary>
    public string? KernelMessage { get; }

    /// <summary>True when the kernel answered with this error number.</summary>
    public bool Is(int errno) => Errno == errno;

    /// <summary>An answer that breaks the rules of the protocol, or none at all.</summary>
    internal static NetlinkException Unusable(string operation, string target, string what) => new(0, operation, target, what);

    private static string Compose(int errno, string operation, string target, string? kernelMessage)
    {
        string subject = target.Length == 0 ? operation : operation + " " + target;
        if (errno == 0)
        {
            return subject + ": " + kernelMessage;
        }

        string meaning = Interop.Errno.Describe(errno);
        string name = Interop.Errno.Name(errno);
        string error = meaning.Length == 0 ? name : meaning + " (" + name + ")";
        return kernelMessage is null ? subject + ": " + error : subject + ": " + error + ": " + kernelMessage;
    }
}
