using System.Runtime.InteropServices;
using Flatnet.OtherKernels.Tests.Machines;

namespace Flatnet.OtherKernels.Tests.Requirements;

/// <summary>
/// What a test needs of this machine. Where <c>CI</c> is set nothing is skipped: the test runs, and fails on what is missing.
/// </summary>
internal static class Requirement
{
    private static readonly string[] SandboxTools = ["unshare", "ip", "bridge", "nft", "ping", "gcc", "strace", "busybox"];
    private static readonly string[] GuestTools = ["qemu-system-x86_64", "cpio", "dpkg-deb", "apt-get", "ip", "bridge", "nft", "xtables-legacy-multi", "busybox", "dash"];

    private static bool MaySkip => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));

    /// <summary>Why no sandbox can be made; null when it can.</summary>
    public static string? ReasonForNoSandbox() => !MaySkip ? null : ReasonForNoRoot() ?? ReasonForNoTools(SandboxTools);

    /// <summary>Why no other kernel can be started; null when it can.</summary>
    public static string? ReasonForNoGuest() => !MaySkip
        ? null
        : ReasonForNoRoot() ?? ReasonForArchitecture() ?? ReasonForNoTools(GuestTools) ?? DebianKernel.ReasonForNone;

    private static string? ReasonForNoRoot() => Environment.UserName == "root" ? null : "needs root, for namespaces";

    private static string? ReasonForArchitecture() =>
        RuntimeInformation.OSArchitecture == Architecture.X64 ? null : "the other kernel is Debian's for x86-64, and so must the plugin be";

    private static string? ReasonForNoTools(string[] tools)
    {
        string[] missing = [.. tools.Where(tool => !Tool.IsInstalled(tool))];
        return missing.Length == 0 ? null : "not installed: " + string.Join(", ", missing);
    }
}
