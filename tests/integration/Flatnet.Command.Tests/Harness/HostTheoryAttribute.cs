namespace Flatnet.Command.Tests.Harness;

/// <summary>As <see cref="HostFactAttribute"/>, for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HostTheoryAttribute : TheoryAttribute
{
    public HostTheoryAttribute()
    {
        Skip = new HostFactAttribute().Skip;
    }
}
