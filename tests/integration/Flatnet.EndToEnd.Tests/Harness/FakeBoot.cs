namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>Stands in for <c>/proc/sys/kernel/random/boot_id</c>, so that a test can reboot the machine as the plugin sees it.</summary>
internal sealed class FakeBoot
{
    private const string File = "/var/lib/boot_id";

    private readonly Sandbox _sandbox;

    public FakeBoot(Sandbox sandbox)
    {
        _sandbox = sandbox;
        _sandbox.SetEnvironment("FLATNET_BOOT_ID_FILE", File);
        Next();
    }

    public void Next()
    {
        _sandbox.Write(File, Guid.NewGuid() + "\n");
    }
}
