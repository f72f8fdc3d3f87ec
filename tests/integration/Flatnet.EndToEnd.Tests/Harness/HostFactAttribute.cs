namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>
/// A test that needs root and the named programs. Skipped with the reason where they are missing, except in CI
/// (<c>CI=true</c>), where a privileged test that is not run is a failure.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HostFactAttribute : FactAttribute
{
    private static readonly string[] Always = ["unshare", "nsenter", "mount", "ip", "busybox", "curl", "ping"];

    public HostFactAttribute(params string[] programs)
    {
        if (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = Missing([.. Always, .. programs]);
        }
    }

    private static string? Missing(string[] programs)
    {
        if (Environment.UserName != "root")
        {
            return "needs root: run with sudo";
        }

        string[] directories = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/lib/cni"];
        string[] missing = [.. programs.Where(program => !directories.Any(directory => File.Exists($"{directory}/{program}")))];
        return missing.Length == 0 ? null : $"not installed: {string.Join(", ", missing)} (scripts/install-packages.sh test)";
    }
}
