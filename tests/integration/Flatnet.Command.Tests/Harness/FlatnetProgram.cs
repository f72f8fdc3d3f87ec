namespace Flatnet.Command.Tests.Harness;

/// <summary>The published command: <c>FLATNET_COMMAND</c>, or <c>artifacts/bin/flatnet</c> in the repository.</summary>
internal static class FlatnetProgram
{
    public static string File => Find();

    /// <summary>Runs it to its end. Where Podman is, the environment tells (see <see cref="PodmanService"/>).</summary>
    public static CommandResult Run(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        return Execution.Run([File, .. arguments], environment);
    }

    /// <summary>Starts it, for what goes on until it is stopped.</summary>
    public static RunningProgram Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        return Execution.Start([File, .. arguments], environment);
    }

    private static string Find()
    {
        string file = Environment.GetEnvironmentVariable("FLATNET_COMMAND") ?? Path.Combine(Repository.Root, "artifacts", "bin", "flatnet");
        return System.IO.File.Exists(file)
            ? file
            : throw new FileNotFoundException($"no command at {file}: run `make build`, or set FLATNET_COMMAND to a published flatnet");
    }
}
