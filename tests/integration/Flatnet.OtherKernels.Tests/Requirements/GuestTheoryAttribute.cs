namespace Flatnet.OtherKernels.Tests.Requirements;

/// <summary>A theory that needs another kernel in an emulated computer.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GuestTheoryAttribute : TheoryAttribute
{
    public GuestTheoryAttribute()
    {
        Skip = Requirement.ReasonForNoGuest();
    }
}
