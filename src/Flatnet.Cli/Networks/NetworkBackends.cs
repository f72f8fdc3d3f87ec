using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Networks;

/// <summary>Picks the place for a new network.</summary>
internal static class NetworkBackends
{
    /// <param name="context">The machine.</param>
    /// <param name="directory">The CNI configuration directory.</param>
    /// <param name="wantsCni">Do not ask Podman.</param>
    /// <param name="cancellation">Ends the question to Podman.</param>
    /// <exception cref="CommandException">Podman uses a kind of networks that Flatnet has no driver for.</exception>
    public static async Task<INetworkBackend> ChooseAsync(CommandContext context, string directory, bool wantsCni, CancellationToken cancellation) =>
        !wantsCni && await PodmanBackend.AskAsync(context, cancellation).ConfigureAwait(false) == "netavark"
            ? throw new CommandException(
                "Podman on this machine uses netavark, for which Flatnet has no driver yet",
                "It comes with a later version. Until then Podman 4 can use CNI: network_backend = \"cni\" in containers.conf.\n"
                    + "With --cni the network is written all the same, for containerd.")
            : new CniBackend(directory);
}
