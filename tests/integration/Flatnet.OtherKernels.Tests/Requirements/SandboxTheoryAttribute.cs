namespace Flatnet.OtherKernels.Tests.Requirements;

/// <summary>A theory that needs private namespaces on this machine's kernel.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SandboxTheoryAttribute : TheoryAttribute
{
    public SandboxTheoryAttribute()
    {
        Skip = Requirement.ReasonForNoSandbox();
    }
}
