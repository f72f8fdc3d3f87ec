using System.CommandLine;
using Flatnet.Server.Auth.Commands;
using Flatnet.Server.Configuration;
using Flatnet.Server.Hosting;
using Flatnet.Settings;

namespace Flatnet.Server.Commands;

/// <summary><c>flatnetd config</c>: shows and checks the configuration.</summary>
internal static class ConfigCommand
{
    public static Command Create() => new("config", "Show or check the configuration.") { Show(), Check() };

    private static Command Show() =>
        new Command("show", "Show every setting with its value and where that is from. Secrets are masked.") { AccountAction.Json }.Doing((arguments, output) =>
        {
            SettingValues values = ConfigurationOptions.Load(arguments);
            if (arguments.GetValue(AccountAction.Json))
            {
                WriteJson(output, values);
                return;
            }

            foreach (SettingValue setting in values.All)
            {
                output.WriteLine($"{setting.Key.Path}: {setting.Text ?? "-"}  # {setting.Origin}");
            }
        });

    private static Command Check() => new Command("check", "Say what is wrong with the configuration, if anything is.").Doing((arguments, output) =>
    {
        ServerOptions options = ConfigurationOptions.Read(arguments);
        Exposure.Check(options.Http, options.Auth.IsConfigured);
        output.WriteLine("The configuration is good.");
    });

    private static void WriteJson(TextWriter output, SettingValues values) => AccountAction.WriteJson(output, writer =>
    {
        writer.WriteStartObject();
        foreach (SettingValue setting in values.All)
        {
            writer.WriteStartObject(setting.Key.Path);
            writer.WriteString("value"u8, setting.Text);
            writer.WriteString("origin"u8, setting.Origin);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });
}
