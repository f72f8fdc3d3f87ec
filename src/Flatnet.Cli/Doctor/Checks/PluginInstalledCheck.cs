using Flatnet.Cli.Doctor.Probes;
using Flatnet.Cli.Networks;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether the plugin is where Podman looks for it, and may be run.</summary>
internal sealed class PluginInstalledCheck : ICheck
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public string Category => "CNI Plugin";

    public string Name => "Plugin installed";

    public Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation) => Task.FromResult(Look(context));

    private static CheckResult Look(DoctorContext context)
    {
        if (PluginDirectories.Find(context.Command, InstalledNetwork.FlatnetType) is not { } path)
        {
            return CheckResult.Fail(
                $"the plugin \"{InstalledNetwork.FlatnetType}\" is in none of Podman's plugin directories: {string.Join(", ", PluginDirectories.Of(context.Command))}",
                "Install it: sudo flatnet setup");
        }

        bool isExecutable = OperatingSystem.IsLinux() && (File.GetUnixFileMode(context.Command.Root + path) & AnyExecute) != 0;
        return isExecutable
            ? CheckResult.Pass($"{path} is there")
            : CheckResult.Fail($"{path} is not executable", $"sudo chmod 755 {path}");
    }
}
