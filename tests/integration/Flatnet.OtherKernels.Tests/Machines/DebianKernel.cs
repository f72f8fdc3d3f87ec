namespace Flatnet.OtherKernels.Tests.Machines;

/// <summary>
/// Debian's own kernel package, unpacked under artifacts/cache/kernel; <c>FLATNET_TEST_KERNEL</c> names another unpacked one.
/// </summary>
internal sealed record DebianKernel(string Directory)
{
    private static readonly Lazy<(DebianKernel? Kernel, string? Reason)> Obtained = new(Obtain);

    public string Image => System.IO.Directory.GetFiles(Path.Combine(Directory, "boot"), "vmlinuz-*")[0];

    /// <summary>Why there is none; null when there is.</summary>
    public static string? ReasonForNone => Obtained.Value.Reason;

    public static DebianKernel Get() => Obtained.Value.Kernel ?? throw new InvalidOperationException(Obtained.Value.Reason);

    private static (DebianKernel?, string?) Obtain()
    {
        string? named = Environment.GetEnvironmentVariable("FLATNET_TEST_KERNEL");
        if (!string.IsNullOrEmpty(named))
        {
            return (new DebianKernel(named), null);
        }
        string cache = Path.Combine(PluginBinary.RepositoryRoot, "artifacts", "cache", "kernel");
        CommandResult fetched = Tool.Run("/bin/sh", MachineFiles.Script("fetch-kernel.sh"), cache);
        return fetched.ExitCode == 0
            ? (new DebianKernel(fetched.Output.Trim()), null)
            : (null, $"Debian's kernel package cannot be fetched: {fetched.Errors.Trim()}");
    }
}
