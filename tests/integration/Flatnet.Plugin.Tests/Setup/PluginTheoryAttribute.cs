namespace Flatnet.Plugin.Tests.Setup;

/// <summary><see cref="PluginFactAttribute"/> with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PluginTheoryAttribute : TheoryAttribute
{
    public PluginTheoryAttribute(params string[] programs)
    {
        Skip = new PluginFactAttribute(programs).Skip;
    }
}
