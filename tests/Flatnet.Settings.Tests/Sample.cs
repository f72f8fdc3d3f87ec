namespace Flatnet.Settings.Tests;

/// <summary>A table with a setting of every kind, and a directory for its file.</summary>
internal sealed class Sample : IDisposable
{
    public static readonly SettingTable Table = new(
    [
        new("logs.level", SettingKind.Text, "INFO", "x") { Choices = ["DEBUG", "INFO"], Variables = ["T_LEVEL", "T_OLD_LEVEL"] },
        new("logs.filters.maxMessageLength", SettingKind.Whole, "8192", "x") { Least = 16, Most = 1_000_000, Variables = ["T_MAX"] },
        new("logs.filters.excludePatterns", SettingKind.List, ".*password.*,.*secret.*", "x") { Variables = ["T_EXCLUDE"] },
        new("logs.ratio", SettingKind.Number, "0.5", "x") { Least = 0, Most = 1 },
        new("spool.maxBytes", SettingKind.Size, "1GiB", "x") { Least = 1024, Variables = ["T_BYTES"] },
        new("spool.dir", SettingKind.Text, null, "x"),
        new("flushInterval", SettingKind.Duration, "1s", "x") { Least = 1000, Most = 5000, Variables = ["T_FLUSH"] },
        new("enabled", SettingKind.Flag, "true", "x") { Variables = ["T_ENABLED"] },
        new("auth.token", SettingKind.Text, null, "x") { IsSecret = true, Variables = ["T_TOKEN", "T_API_TOKEN"] },
    ]);

    private readonly string _directory = Directory.CreateTempSubdirectory("flatnet-settings-").FullName;

    public Dictionary<string, string> Variables { get; } = [];

    public Dictionary<string, string> Flags { get; } = [];

    public string Path => System.IO.Path.Join(_directory, "config.yaml");

    public SettingValues Load(string? yaml = null)
    {
        if (yaml is not null)
        {
            File.WriteAllText(Path, yaml);
        }

        return SettingsLoader.Load(Table, new SettingSources
        {
            File = yaml is null ? null : Path,
            Environment = name => Variables.GetValueOrDefault(name),
            Flags = Flags,
        });
    }

    /// <summary>What is wrong, with the file's name short.</summary>
    public string[] Mistakes(string? yaml = null) =>
        [.. Assert.Throws<SettingsException>(() => Load(yaml)).Mistakes.Select(mistake => mistake.ToString().Replace(_directory + "/", "", StringComparison.Ordinal))];

    public string Write(string name, string content)
    {
        string path = System.IO.Path.Join(_directory, name);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
