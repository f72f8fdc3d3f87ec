namespace Flatnet.LogServer.Harness;

/// <summary>The working copy that this was built from, and what <c>make build</c> left in it.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Server { get; } = Path.Combine(Root, "artifacts/server/flatnetd");

    public static string Agent { get; } = Path.Combine(Root, "artifacts/bin/flatnet-agent");

    public static string Command { get; } = Path.Combine(Root, "artifacts/bin/flatnet");

    private static string FindRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Directory.Packages.props")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new HarnessException($"no repository above {AppContext.BaseDirectory}");
    }
}
