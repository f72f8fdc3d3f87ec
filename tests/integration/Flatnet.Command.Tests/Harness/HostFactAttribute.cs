namespace Flatnet.Command.Tests.Harness;

/// <summary>
/// A test that needs root and Podman. Skipped with the reason where they are missing, except in CI (<c>CI=true</c>), where a
/// privileged test that is not run is a failure.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HostFactAttribute : FactAttribute
{
    private static readonly string[] Always = ["unshare", "nsenter", "mount", "ip", "busybox", "podman", "runc"];

    public HostFactAttribute(params string[] programs)
    {
        if (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = Requirements.Missing([.. Always, .. programs]);
        }
    }
}
