using System.CommandLine;
using Flatnet.Agent.Configuration;
using Flatnet.Settings;

namespace Flatnet.Agent.Commands;

/// <summary><c>config show</c> and <c>config set</c>.</summary>
internal static class ConfigCommand
{
    private static readonly Argument<string> Key = new("KEY") { Description = "Such as logStreaming.level." };

    private static readonly Argument<string> Value = new("VALUE") { Description = "As it is written in the file." };

    public static Command Create()
    {
        var show = new Command("show", "Show every setting with its value and where that is from. Secrets are not shown.");
        show.SetAction(Show);
        var set = new Command("set", "Write a setting into the configuration file; the rest of the file stays as it is.") { Key, Value };
        set.SetAction(Set);
        return new Command("config", "Show or change the configuration.") { show, set };
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

    private static int Set(ParseResult arguments)
    {
        CommandServices services = CommandServices.Of(arguments);
        string file = arguments.GetValue(AgentFlags.Config) ?? StateDirectory.ConfigurationFile(services.Environment);
        string key = arguments.GetRequiredValue(Key);
        SettingsFile.Set(AgentSettings.Table, file, key, arguments.GetRequiredValue(Value));
        services.Output.WriteLine($"{key} is set in {file}.");
        return ExitCodes.Success;
    }
}
