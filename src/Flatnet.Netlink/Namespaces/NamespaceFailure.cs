namespace Flatnet.Netlink;

/// <summary>Why a path is no usable network namespace.</summary>
public enum NamespaceFailure
{
    /// <summary>Nothing is there.</summary>
    NotFound,

    /// <summary>Something else is there: the file lies neither on nsfs nor on procfs, or is a namespace of another kind.</summary>
    NotANamespace,

    /// <summary>It is there but cannot be opened or entered.</summary>
    Unreadable,
}
