namespace Flatnet.Agent.Configuration;

/// <summary>Where files are looked for when nobody names them.</summary>
internal static class StateDirectory
{
    /// <summary>The spool of whoever runs the agent.</summary>
    public static string Spool(Func<string, string?> environment) =>
        Path.Join(environment("XDG_STATE_HOME") is { Length: > 0 } state && Path.IsPathRooted(state) ? state : Path.Join(Home(environment), ".local/state"), "flatnet/spool");

    /// <summary>The configuration files that are looked for, first wins.</summary>
    public static IEnumerable<string> ConfigurationFiles(Func<string, string?> environment) =>
        [Path.GetFullPath("config.yaml"), Path.Join(Home(environment), ".keruta/config.yaml"), OwnFile(environment)];

    /// <summary>The one of them that is there, else the one to make.</summary>
    public static string ConfigurationFile(Func<string, string?> environment) =>
        ConfigurationFiles(environment).FirstOrDefault(File.Exists) ?? OwnFile(environment);

    private static string OwnFile(Func<string, string?> environment) =>
        Path.Join(environment("XDG_CONFIG_HOME") is { Length: > 0 } directory && Path.IsPathRooted(directory) ? directory : Path.Join(Home(environment), ".config"), "flatnet/agent.yaml");

    private static string Home(Func<string, string?> environment) => environment("HOME") is { Length: > 0 } home ? home : "/";
}
