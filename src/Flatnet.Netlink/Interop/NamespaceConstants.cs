namespace Flatnet.Interop;

/// <summary>File system types on which namespaces lie.</summary>
[CHeader("linux/magic.h")]
internal static class NamespaceConstants
{
    internal const int NSFS_MAGIC = 0x6e736673;
    internal const int PROC_SUPER_MAGIC = 0x9fa0;
}
