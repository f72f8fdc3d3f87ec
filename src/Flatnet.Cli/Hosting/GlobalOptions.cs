using System.CommandLine;

namespace Flatnet.Cli.Hosting;

/// <summary>Options that every command has. They win over the environment and the configuration file.</summary>
internal static class GlobalOptions
{
    public static Option<string?> Config { get; } = new("--config")
    {
        Description = "Read this configuration file instead of ~/.config/flatnet/config.toml.",
        HelpName = "FILE",
        Recursive = true,
    };

    public static Option<string?> PodmanUrl { get; } = new("--podman-url")
    {
        Description = "Ask Podman at this socket, such as unix:///run/podman/podman.sock.",
        HelpName = "URL",
        Recursive = true,
    };

    public static Option<string> Color { get; } = MakeColor();

    private static Option<string> MakeColor()
    {
        var option = new Option<string>("--color")
        {
            Description = "Use colours: auto (on a terminal), always or never.",
            HelpName = "WHEN",
            Recursive = true,
            DefaultValueFactory = static _ => "auto",
        };
        option.AcceptOnlyFromAmong("auto", "always", "never");
        return option;
    }
}
