using System.CommandLine;
using Flatnet.Agent.Configuration;
using Flatnet.Settings;

namespace Flatnet.Agent.Commands;

/// <summary><c>config show</c>: what holds, and why.</summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        var show = new Command("show", "Show every setting with its value and where that is from. Secrets are not shown.");
        show.SetAction(Show);
        return new Command("config", "Show the configuration.") { show };
    }

    private static int Show(ParseResult arguments)
    {
        AgentConfiguration configuration = AgentFlags.Load(arguments);
        TextWriter output = CommandServices.Of(arguments).Output;
        output.WriteLine(configuration.File is { } file ? $"# {file}" : "# no configuration file");
        IReadOnlyList<SettingValue> all = configuration.Values.All;
        int width = all.Max(static setting => setting.Key.Path.Length);
        foreach (SettingValue setting in all)
        {
            output.WriteLine($"{setting.Key.Path.PadRight(width)}  {setting.Text ?? "-"}  ({setting.Origin})");
        }

        return ExitCodes.Success;
    }
}
