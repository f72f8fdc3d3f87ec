using Flatnet.Cli.Doctor.Probes;
using Flatnet.Cli.Networks;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether the network's configuration is there, makes sense, and names plugins that exist.</summary>
internal sealed class NetworkConfiguredCheck : ICheck
{
    public string Category => "CNI Plugin";

    public string Name => "Network configured";

    public Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation) => Task.FromResult(Look(context));

    private static CheckResult Look(DoctorContext context)
    {
        string name = context.Command.Settings.Network;
        NetworkFileProblem? problem = context.Networks.Problems.FirstOrDefault();
        if (context.Networks.Unreadable is { } unreadable)
        {
            return CheckResult.Warning($"{unreadable.File} {unreadable.Message}", "Only root may read it: sudo flatnet doctor");
        }

        if (context.Network is not { } network)
        {
            return problem is null
                ? CheckResult.Fail($"no file in {context.Networks.Directory} describes the network \"{name}\"", "Install it: sudo flatnet setup")
                : CheckResult.Fail($"the network \"{name}\" is not installed, and {problem.File} cannot be used: {problem.Message}", $"Correct the file: sudoedit {problem.File}; or install anew: sudo flatnet setup --force");
        }

        if (!network.IsList)
        {
            return CheckResult.Fail($"{network.File} holds a single plugin, which Podman ignores", "Make it a .conflist with its plugin in a list: sudo flatnet setup");
        }

        if (!network.IsFlatnet)
        {
            return CheckResult.Warning(
                $"the network \"{name}\" is not Flatnet's: {network.File} names {string.Join(", ", network.PluginTypes)}",
                "Name the network to look at: export FLATNET_NETWORK=NAME; or install Flatnet's: sudo flatnet setup");
        }

        string[] missing = [.. network.PluginTypes.Where(type => PluginDirectories.Find(context.Command, type) is null)];
        if (missing.Length > 0)
        {
            return CheckResult.Fail(
                $"{network.File} names plugins that are in none of Podman's plugin directories: {string.Join(", ", missing)}",
                missing.All(type => type.StartsWith("flatnet", StringComparison.Ordinal))
                    ? "Install them: sudo flatnet setup"
                    : "Install the reference plugins: sudo apt install containernetworking-plugins");
        }

        return problem is null
            ? CheckResult.Pass($"{network.File} is complete")
            : CheckResult.Warning($"{problem.File} cannot be used: {problem.Message}", $"Correct the file: sudoedit {problem.File}");
    }
}
