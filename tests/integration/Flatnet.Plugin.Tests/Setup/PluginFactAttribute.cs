namespace Flatnet.Plugin.Tests.Setup;

/// <summary>A test that needs root and the kernel's tools; skipped without them, except in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PluginFactAttribute : FactAttribute
{
    public PluginFactAttribute(params string[] programs)
    {
        Skip = new HostFactAttribute(["nft", "bridge", "sysctl", .. programs]).Skip;
    }
}
