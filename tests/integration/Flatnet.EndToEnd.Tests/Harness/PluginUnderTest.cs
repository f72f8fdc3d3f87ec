namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>
/// The published plugin: <c>FLATNET_PLUGIN</c>, or <c>artifacts/cni/flatnet</c> in the repository. With <c>FLATNET_IPAM_PLUGIN</c>
/// a second file serves as <c>flatnet-ipam</c>, so that the suite can be run against the reference plugins (bridge and host-local)
/// to tell a fault of the harness from a fault of Flatnet.
/// </summary>
internal static class PluginUnderTest
{
    public static string RepositoryRoot { get; } = FindRoot();

    public static string File => FindPlugin();

    public static string? IpamFile { get; } = Environment.GetEnvironmentVariable("FLATNET_IPAM_PLUGIN");

    /// <summary>The network definition that users install.</summary>
    public static string ShippedConflist => Path.Combine(RepositoryRoot, "config", "10-flatnet.conflist");

    private static string FindPlugin()
    {
        string file = Environment.GetEnvironmentVariable("FLATNET_PLUGIN") ?? Path.Combine(RepositoryRoot, "artifacts", "cni", "flatnet");
        return System.IO.File.Exists(file)
            ? file
            : throw new FileNotFoundException($"no plugin at {file}: run `make build`, or set FLATNET_PLUGIN to a published flatnet");
    }

    private static string FindRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !System.IO.File.Exists(Path.Combine(directory.FullName, "Directory.Packages.props")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new DirectoryNotFoundException($"no repository above {AppContext.BaseDirectory}");
    }
}
