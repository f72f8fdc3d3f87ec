namespace Flatnet.OtherKernels.Tests.Machines;

/// <summary>The published plugin: <c>FLATNET_PLUGIN</c>, or artifacts/cni/flatnet of this repository.</summary>
internal static class PluginBinary
{
    private static readonly Lazy<string> Found = new(Find);

    public static string Path => Found.Value;

    public static string RepositoryRoot
    {
        get
        {
            DirectoryInfo? directory = new(AppContext.BaseDirectory);
            while (directory is not null && !File.Exists(System.IO.Path.Combine(directory.FullName, "Directory.Packages.props")))
            {
                directory = directory.Parent;
            }
            return directory?.FullName ?? throw new DirectoryNotFoundException($"no repository root above {AppContext.BaseDirectory}");
        }
    }

    private static string Find()
    {
        string? named = Environment.GetEnvironmentVariable("FLATNET_PLUGIN");
        string path = string.IsNullOrEmpty(named) ? System.IO.Path.Combine(RepositoryRoot, "artifacts", "cni", "flatnet") : named;
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"no plugin at {path}: publish it with `make build`, or name one in FLATNET_PLUGIN");
    }
}
