namespace Flatnet.OtherKernels.Tests.Scenario;

/// <summary>What a user must be able to read when containers are reachable but cannot reach the world.</summary>
internal static class EgressReport
{
    private static readonly string[] Causes = ["EPROTONOSUPPORT", "EOPNOTSUPP", "EPERM", "EACCES", "ENOENT", "EINVAL"];

    public static void AssertUnavailable(string text, string? cause = null)
    {
        Assert.Contains("egress", text, StringComparison.OrdinalIgnoreCase);
        Assert.True((cause is null ? Causes : [cause]).Any(text.Contains), $"names no cause such as {cause ?? Causes[0]}: {text}");
    }
}
