namespace Flatnet.Cli.Configuration;

/// <summary>One key of the configuration.</summary>
/// <param name="Path">Its dotted path in the file.</param>
/// <param name="Variable">The environment variable that says the same and wins; null without one.</param>
/// <param name="Apply">Puts the value into the settings.</param>
internal sealed record SettingKey(string Path, string? Variable, Func<Settings, SettingValue, Settings> Apply);
