namespace Flatnet.Command.Tests.Harness;

/// <summary>The published programs.</summary>
internal static class FlatnetProgram
{
    /// <summary>The command: <c>FLATNET_COMMAND</c>, or <c>artifacts/bin/flatnet</c> in the repository.</summary>
    public static string File => Find("FLATNET_COMMAND", "bin");

    /// <summary>The published plugin: <c>FLATNET_PLUGIN</c>, or <c>artifacts/cni/flatnet</c> in the repository.</summary>
    public static string Plugin => Find("FLATNET_PLUGIN", "cni");

    /// <summary>Runs it to its end. Where Podman is, the environment tells (see <see cref="PodmanService"/>).</summary>
    public static CommandResult Run(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        return Execution.Run([File, .. arguments], environment);
    }

    /// <summary>Starts it, for what goes on until it is stopped.</summary>
    public static RunningProgram Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        // Tests that run in the background of a shell ignore Ctrl-C, and what they start would inherit that.
        return Execution.Start(["/usr/bin/env", "--default-signal=INT", File, .. arguments], environment);
    }

    private static string Find(string variable, string directory)
    {
        string file = Environment.GetEnvironmentVariable(variable) ?? Path.Combine(Repository.Root, "artifacts", directory, "flatnet");
        return System.IO.File.Exists(file)
            ? file
            : throw new FileNotFoundException($"no program at {file}: run `make build`, or set {variable} to a published flatnet");
    }
}
