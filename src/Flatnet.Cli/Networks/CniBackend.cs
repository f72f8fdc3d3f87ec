using System.Text;
using Flatnet.Cli.Files;
using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Networks;

/// <summary>Networks as files in the CNI configuration directory.</summary>
internal sealed class CniBackend(string directory) : INetworkBackend
{
    /// <inheritdoc/>
    public InstalledNetworks Read() => ConflistReader.Read(directory).MustBeReadable();

    /// <inheritdoc/>
    public string Create(NetworkPlan plan)
    {
        // containerd takes the first file of the directory: whatever the name, it shall not become the machine's main network.
        string file = $"{directory}/50-{plan.Name}.conflist";
        return AtomicFile.Explained($"cannot create {file}", () =>
        {
            Directory.CreateDirectory(directory);
            if (Path.Exists(file))
            {
                throw new CommandException($"{file} exists, but does not describe \"{plan.Name}\"", "Move it away first.");
            }

            AtomicFile.Write(file, Encoding.UTF8.GetBytes(ConflistWriter.Render(plan)), AtomicFile.Plain);
            return file;
        });
    }

    /// <inheritdoc/>
    public void Remove(InstalledNetwork network) => AtomicFile.Explained($"cannot remove {network.File}", () =>
    {
        File.Delete(network.File);
        return true;
    });
}
