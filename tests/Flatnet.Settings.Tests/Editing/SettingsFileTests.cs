using System.Runtime.Versioning;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Settings.Tests.Editing;

[SupportedOSPlatform("linux")]
public sealed class SettingsFileTests : IDisposable
{
    private readonly Sample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Theory]
    [InlineData(null, "enabled", "false", "enabled: false\n")]
    [InlineData(null, "logs.filters.maxMessageLength", "100", "logs:\n  filters:\n    maxMessageLength: 100\n")]
    [InlineData("# mine\n", "enabled", "no", "# mine\nenabled: no\n")]
    [InlineData("enabled: true # why\nflushInterval: 2s\n", "enabled", "false", "enabled: false # why\nflushInterval: 2s\n")]
    [InlineData("enabled:\n# x\n", "enabled", "false", "enabled: false\n# x\n")]
    [InlineData("enabled: 'true'", "flushInterval", "3", "enabled: 'true'\nflushInterval: 3\n")]
    [InlineData("logs:\n    level: INFO # a\n\n    # b\nenabled: true\n", "logs.ratio", "1", "logs:\n    level: INFO # a\n    ratio: 1\n\n    # b\nenabled: true\n")]
    [InlineData("logs:\nenabled: true\n", "logs.ratio", "1", "logs:\n  ratio: 1\nenabled: true\n")]
    [InlineData("spool:\n  dir: |\n    /a\n", "spool.dir", "/b c", "spool:\n  dir: \"/b c\"\n")]
    [InlineData("logs:\n  filters:\n    excludePatterns:\n      - a # 1\n      - b # 2\n  ratio: 1\n", "logs.filters.excludePatterns", @"x,y\,z",
        "logs:\n  filters:\n    excludePatterns:\n      [\"x\", \"y,z\"] # 2\n  ratio: 1\n")]
    [InlineData("{\n  \"logs\": {\"ratio\": 1},\n  \"enabled\": true\n}\n", "logs.ratio", "0", "{\n  \"logs\": {\"ratio\": \"0\"},\n  \"enabled\": true\n}\n")]
    [InlineData("{\"logs\": {\"ratio\": 1}}", "logs.filters.maxMessageLength", "99", "{\"logs\": {\"filters\": {\"maxMessageLength\": \"99\"}, \"ratio\": 1}}")]
    [InlineData("{}", "enabled", "no", "{\"enabled\": \"no\"}")]
    public void One_value_changes_and_nothing_else(string? before, string path, string value, string after)
    {
        if (before is not null)
        {
            File.WriteAllText(_sample.Path, before);
        }

        SettingsFile.Set(Sample.Table, _sample.Path, path, value);
        Assert.Equal(after, File.ReadAllText(_sample.Path));
        Assert.StartsWith(_sample.Path, _sample.Load(after).Origin(path), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_set_is_read_again() => Prop.ForAll(
        Gen.Elements(
            "", "enabled: false # x\n", "logs:\n  level: INFO\n  # end\n", "spool:\n  dir: x\n  maxBytes: 5MiB\n", "spool:\n", "{}", "{\"spool\": {\"dir\": \"x\"}}", "spool: {dir: x}\n",
            "spool:\n  dir: >\n    folded\n    text\n# after\n", "---\nenabled: yes\n", "enabled: yes\n\n\n").ToArbitrary(),
        ArbMap.Default.ArbFor<NonNull<string>>(),
        (before, value) =>
        {
            string text = new([.. value.Get.Where(static c => !char.IsSurrogate(c))]);
            File.WriteAllText(_sample.Path, before);
            SettingsFile.Set(Sample.Table, _sample.Path, "spool.dir", text);
            SettingValues values = _sample.Load(File.ReadAllText(_sample.Path));
            return values.Text("spool.dir") == text && values.Flag("enabled") != before.StartsWith("enabled: false", StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_new_file_is_its_owners_and_an_old_one_keeps_its_mode()
    {
        SettingsFile.Set(Sample.Table, _sample.Path, "auth.token", "hunter2");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_sample.Path));
        File.SetUnixFileMode(_sample.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        SettingsFile.Set(Sample.Table, _sample.Path, "enabled", "no");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(_sample.Path));
        Assert.Equal([_sample.Path], Directory.GetFiles(Path.GetDirectoryName(_sample.Path)!));
    }

    [Fact]
    public void A_link_stays_one()
    {
        string real = _sample.Write("real.yaml", "enabled: true\n");
        File.CreateSymbolicLink(_sample.Path, real);
        SettingsFile.Set(Sample.Table, _sample.Path, "enabled", "no");
        Assert.Equal("enabled: no\n", File.ReadAllText(real));
        Assert.NotNull(File.ResolveLinkTarget(_sample.Path, returnFinalTarget: false));
    }

    [Theory]
    [InlineData("enable", "no", "x: 1\n", "'enable' is no setting; did you mean 'enabled'?")]
    [InlineData("enabled", "perhaps", "x: 1\n", "'enabled' is 'perhaps': expected true or false")]
    [InlineData("logs.ratio", "1", "logs: 5\n", "config.yaml, line 1, column 7: 'logs' must be a section with settings below it")]
    [InlineData("logs.ratio", "1", "logs: [\n", "config.yaml, line 2, column 1: While parsing a node, did not find expected node content.")]
    public void What_makes_no_sense_leaves_the_file_alone(string path, string value, string text, string mistake)
    {
        File.WriteAllText(_sample.Path, text);
        SettingsException error = Assert.Throws<SettingsException>(() => SettingsFile.Set(Sample.Table, _sample.Path, path, value));
        Assert.Equal(mistake, error.Message.Replace(Path.GetDirectoryName(_sample.Path) + "/", "", StringComparison.Ordinal));
        Assert.Equal(text, File.ReadAllText(_sample.Path));
    }

    [Fact]
    public void A_directory_that_is_not_there_is_a_mistake()
    {
        SettingsException error = Assert.Throws<SettingsException>(() => SettingsFile.Set(Sample.Table, "/nonexistent/config.yaml", "enabled", "no"));
        Assert.StartsWith("/nonexistent/config.yaml: 'enabled' cannot be set: ", error.Message, StringComparison.Ordinal);
    }
}
