namespace Flatnet.Interop;

/// <summary>Kinds of namespaces.</summary>
[CHeader("linux/sched.h")]
internal static class SchedConstants
{
    internal const int CLONE_NEWNET = 0x40000000;
}
