using System.CommandLine;
using Flatnet.Cli.Configuration;
using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Hosting;

/// <summary>Builds the context of a command from the command line, the environment and the configuration file.</summary>
internal static class CommandHost
{
    /// <summary>The context of the command that is about to run.</summary>
    /// <exception cref="CommandException">The configuration makes no sense.</exception>
    public static CommandContext ContextOf(ParseResult arguments)
    {
        var services = (CommandServices)arguments.InvocationConfiguration;
        Settings settings = SettingsReader.Read(arguments.GetValue(GlobalOptions.Config), services.Environment);
        settings = settings with { PodmanUrl = PodmanUrlOf(arguments.GetValue(GlobalOptions.PodmanUrl), services.Environment, settings) };

        foreach (string warning in settings.Warnings)
        {
            services.ErrorOut.WriteLine("Warning: " + SafeText.For(warning, keepColors: false));
        }

        return new CommandContext
        {
            Out = services.Out,
            Error = services.ErrorOut,
            Terminal = services.Terminal with { Color = UseColor(arguments.GetValue(GlobalOptions.Color), services, settings) },
            Settings = settings,
            Environment = services.Environment,
            Time = services.Time,
            Root = services.Root,
        };
    }

    /// <summary>The option wins over <c>CONTAINER_HOST</c>, which the engine's client reads by itself, and that over the file.</summary>
    internal static string? PodmanUrlOf(string? option, Func<string, string?> environment, Settings settings) =>
        option ?? (environment("CONTAINER_HOST") is { Length: > 0 } ? null : settings.PodmanUrl);

    // https://no-color.org: any value but an empty one switches colours off.
    private static bool UseColor(string? wanted, CommandServices services, Settings settings) => wanted switch
    {
        "always" => true,
        "never" => false,
        _ => services.Terminal.IsOutput && settings.Color && services.Environment("NO_COLOR") is not { Length: > 0 } && services.Environment("TERM") != "dumb",
    };
}
