namespace Flatnet.OtherKernels.Tests.Requirements;

/// <summary>A fact that needs private namespaces on this machine's kernel.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SandboxFactAttribute : FactAttribute
{
    public SandboxFactAttribute()
    {
        Skip = Requirement.ReasonForNoSandbox();
    }
}
