using System.CommandLine;
using Flatnet.Server.Hosting;
using Flatnet.Settings;

namespace Flatnet.Server.Configuration;

/// <summary>The options of the command line that say how the server is configured; every command has them.</summary>
internal static class ConfigurationOptions
{
    public static readonly Option<string?> Config = new("--config", "-c")
    {
        Description = $"The configuration file (YAML or JSON). Default: the first of {string.Join(", ", ConfigurationFile.SearchPath)} that is there.",
        HelpName = "FILE",
        Recursive = true,
    };

    public static readonly Option<string[]> Listen = new("--listen")
    {
        Description = "Where to listen, as in 127.0.0.1:8080 or unix:/run/flatnetd.sock; several times for several addresses.",
        HelpName = "ADDRESS",
        Recursive = true,
    };

    public static readonly Option<string?> DataDirectory = new("--data-dir") { Description = "The directory of everything that the server keeps.", HelpName = "DIR", Recursive = true };

    public static readonly Option<string?> LogLevel = new("--log-level") { Description = "The least level of the server's own log.", HelpName = "LEVEL", Recursive = true };

    public static readonly Option<string[]> Set = new("--set") { Description = "Any other setting; several times for several.", HelpName = "KEY=VALUE", Recursive = true };

    public static void AddTo(Command root)
    {
        root.Options.Add(Config);
        root.Options.Add(Listen);
        root.Options.Add(DataDirectory);
        root.Options.Add(LogLevel);
        root.Options.Add(Set);
    }

    /// <summary>The settings from everywhere.</summary>
    /// <exception cref="SettingsException">They make no sense.</exception>
    /// <exception cref="HostingException">An option makes no sense.</exception>
    public static SettingValues Load(ParseResult arguments) => SettingsLoader.Load(ServerOptions.Table, new SettingSources
    {
        File = arguments.GetValue(Config) ?? ConfigurationFile.Find(),
        Environment = Environment.GetEnvironmentVariable,
        Flags = Flags(arguments),
    });

    public static ServerOptions Read(ParseResult arguments) => ServerOptions.From(Load(arguments));

    private static Dictionary<string, string> Flags(ParseResult arguments)
    {
        var flags = new Dictionary<string, string>();
        foreach (string setting in arguments.GetValue(Set) ?? [])
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            flags[equals > 0 ? setting[..equals] : throw new HostingException($"--set: '{setting}' is not KEY=VALUE.")] = setting[(equals + 1)..];
        }

        if (arguments.GetValue(Listen) is { Length: > 0 } addresses)
        {
            flags["server.listen"] = string.Join(',', addresses);
        }

        Add(flags, "dataDir", arguments.GetValue(DataDirectory));
        Add(flags, "logging.level", arguments.GetValue(LogLevel));
        return flags;
    }

    private static void Add(Dictionary<string, string> flags, string path, string? value)
    {
        if (value is not null)
        {
            flags[path] = value;
        }
    }
}
