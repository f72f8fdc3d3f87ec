using System.Collections.Immutable;
using System.IO.Compression;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether the kernel has what the plugin asks of it.</summary>
internal sealed class KernelFeaturesCheck : ICheck
{
    private static readonly ImmutableArray<(string Module, string Option)> Needed = [("bridge", "CONFIG_BRIDGE"), ("veth", "CONFIG_VETH")];

    public string Category => "Kernel";

    public string Name => "Kernel features";

    public Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation) => Task.FromResult(Look(context));

    private static CheckResult Look(DoctorContext context)
    {
        if (!File.Exists(context.Command.Root + "/proc/self/ns/net"))
        {
            return CheckResult.Fail("the kernel has no network namespaces", "Use a kernel with CONFIG_NET_NS (on WSL2: wsl --update)");
        }

        string configuration = Configuration(context);
        foreach ((string module, string option) in Needed)
        {
            if (IsThere(context, module, option, configuration))
            {
                continue;
            }

            return configuration.Length > 0
                ? CheckResult.Fail($"the kernel is built without {module} ({option})", "Use a kernel that has it (on WSL2: wsl --update)")
                : CheckResult.Warning($"the kernel does not show whether it has {module}", $"Try: sudo modprobe {module}");
        }

        return context.Rules.Unavailable is { } reason
            ? CheckResult.Warning(
                $"no nf_tables: {reason}; flat traffic needs none, the way out beyond the host does", "Run as root, or use a kernel with CONFIG_NF_TABLES (on WSL2: wsl --update)")
            : CheckResult.Pass("network namespaces, bridge, veth and nf_tables are there");
    }

    private static bool IsThere(DoctorContext context, string module, string option, string configuration) =>
        context.Kernel.Links.Any(link => link.Kind == module)
        || Directory.Exists($"{context.Command.Root}/sys/module/{module}")
        || configuration.Contains($"\n{option}=", StringComparison.Ordinal)
        || ModuleLists(context).Contains($"/{module}.ko", StringComparison.Ordinal);

    private static string ModuleLists(DoctorContext context)
    {
        string directory = $"/lib/modules/{context.ReadText("/proc/sys/kernel/osrelease")?.Trim()}";
        return context.ReadText($"{directory}/modules.builtin") + context.ReadText($"{directory}/modules.dep");
    }

    // Kernels that carry their configuration say no as surely as yes.
    private static string Configuration(DoctorContext context)
    {
        try
        {
            using var file = new GZipStream(File.OpenRead(context.Command.Root + "/proc/config.gz"), CompressionMode.Decompress);
            return "\n" + new StreamReader(file).ReadToEnd();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return "";
        }
    }
}
