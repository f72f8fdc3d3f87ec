using Flatnet.Cli.Doctor.Probes;
using Flatnet.Podman;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether this Podman uses CNI, and has loaded the network.</summary>
internal sealed class NetworkBackendCheck : ICheck
{
    public string Category => "CNI Plugin";

    public string Name => "Podman knows the network";

    public async Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation)
    {
        string name = context.Command.Settings.Network;
        try
        {
            PodmanInfo info = await context.InfoAsync(cancellation);
            if (info.NetworkBackend is not ("cni" or ""))
            {
                return CheckResult.Warning(
                    $"Podman's network backend is {info.NetworkBackend}: it does not read {context.Networks.Directory}, so the network \"{name}\" is not used",
                    "Podman 4: write network_backend = \"cni\" under [network] in /etc/containers/containers.conf, then: sudo podman system reset. Podman 5 and later need Flatnet's netavark driver, which is not part of this release");
            }

            return (await (await context.QuestionsAsync()).GetNetworksAsync(cancellation)).Contains(name)
                ? CheckResult.Pass($"Podman lists the network \"{name}\"")
                : CheckResult.Fail($"Podman does not list the network \"{name}\"", $"See why: podman --log-level=debug network inspect {name}; install it: sudo flatnet setup");
        }
        catch (EngineException error)
        {
            // That Podman cannot be asked is another check's finding.
            return CheckResult.Pass($"not checked: {error.Message}");
        }
    }
}
