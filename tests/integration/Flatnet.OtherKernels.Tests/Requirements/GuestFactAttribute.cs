namespace Flatnet.OtherKernels.Tests.Requirements;

/// <summary>A fact that needs another kernel in an emulated computer.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GuestFactAttribute : FactAttribute
{
    public GuestFactAttribute()
    {
        Skip = Requirement.ReasonForNoGuest();
    }
}
