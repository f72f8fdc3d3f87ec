using Flatnet.Settings;

namespace Flatnet.Agent.Configuration;

/// <summary>The configuration as it was found, and as it is used.</summary>
internal sealed record AgentConfiguration(SettingValues Values, AgentOptions Options, string? File)
{
    /// <summary>Reads it from everywhere.</summary>
    /// <param name="file">The file that the user named; null to look for one.</param>
    /// <param name="flags">What the command line says, by key.</param>
    /// <param name="environment">Reads a variable.</param>
    /// <exception cref="SettingsException">With all mistakes.</exception>
    public static AgentConfiguration Load(string? file, IReadOnlyDictionary<string, string> flags, Func<string, string?> environment)
    {
        file ??= StateDirectory.ConfigurationFiles(environment).FirstOrDefault(System.IO.File.Exists);
        SettingValues values = SettingsLoader.Load(AgentSettings.Table, new SettingSources { File = file, Environment = environment, Flags = flags });
        return new AgentConfiguration(values, AgentOptionsReader.Read(values, environment), file);
    }
}
