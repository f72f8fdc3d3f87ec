namespace Flatnet.OtherKernels.Tests.Machines;

/// <summary>Files of this project beside the test assembly, and where things lie inside a machine.</summary>
internal static class MachineFiles
{
    public const string PluginDirectory = "/run/flatnet-test/bin";
    public const string LegacyIptablesDirectory = "/run/flatnet-test/iptables";
    public const string EmptyDirectory = "/run/flatnet-test/empty";

    public static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Machines", name);

    public static string Source(string name) => Path.Combine(AppContext.BaseDirectory, "Refusal", name);
}
