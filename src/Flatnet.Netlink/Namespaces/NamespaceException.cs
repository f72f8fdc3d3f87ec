namespace Flatnet.Netlink;

/// <summary>A network namespace that cannot be opened or entered.</summary>
public sealed class NamespaceException : Exception
{
    internal NamespaceException(NamespaceFailure reason, string path, string what)
        : base("network namespace " + path + ": " + what)
    {
        Reason = reason;
        Path = path;
    }

    /// <summary>Which kind of failure.</summary>
    public NamespaceFailure Reason { get; }

    /// <summary>The path that was given.</summary>
    public string Path { get; }
}
