namespace Flatnet.Settings.Tests.Loading;

public sealed class MistakeTests : IDisposable
{
    private readonly Sample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Theory]
    [InlineData("logs:\n  levle: INFO\n", "config.yaml, line 2, column 3: 'logs.levle' is no setting; did you mean 'logs.level'?")]
    [InlineData("log:\n  level: INFO\n", "config.yaml, line 1, column 1: 'log' is no setting; did you mean 'logs'?")]
    [InlineData("Enabled: true\n", "config.yaml, line 1, column 1: 'Enabled' is no setting; did you mean 'enabled'?")]
    [InlineData("filters:\n  x: 1\n", "config.yaml, line 1, column 1: 'filters' is no setting; did you mean 'logs.filters'?")]
    [InlineData("zzzzzzzz: 1\n", "config.yaml, line 1, column 1: 'zzzzzzzz' is no setting")]
    [InlineData("enabled: true\nenabled: false\n", "config.yaml, line 2, column 1: 'enabled' is there twice")]
    [InlineData("logs:\n  level: INFO\nlogs:\n  ratio: 1\n", "config.yaml, line 3, column 1: 'logs' is there twice")]
    [InlineData("logs: 5\n", "config.yaml, line 1, column 7: 'logs': expected a section with settings below it")]
    [InlineData("enabled:\n  x: true\n", "config.yaml, line 2, column 3: 'enabled': expected true or false")]
    [InlineData("enabled: perhaps\n", "config.yaml, line 1, column 10: 'enabled' is 'perhaps': expected true or false")]
    [InlineData("logs:\n  level: LOUD\n", "config.yaml, line 2, column 10: 'logs.level' is 'LOUD': expected one of DEBUG, INFO")]
    [InlineData("logs:\n  filters: {maxMessageLength: 15}\n", "config.yaml, line 2, column 31: 'logs.filters.maxMessageLength' is '15': expected a whole number from 16 to 1000000")]
    [InlineData("logs:\n  filters: {maxMessageLength: 1.5}\n", "config.yaml, line 2, column 31: 'logs.filters.maxMessageLength' is '1.5': expected a whole number from 16 to 1000000")]
    [InlineData("logs:\n  filters: {excludePatterns: {a: b}}\n", "config.yaml, line 2, column 30: 'logs.filters.excludePatterns': expected a list of texts")]
    [InlineData("logs:\n  filters: {excludePatterns: [[a]]}\n", "config.yaml, line 2, column 30: 'logs.filters.excludePatterns': expected a list of texts")]
    [InlineData("logs: {ratio: 1.5}\n", "config.yaml, line 1, column 15: 'logs.ratio' is '1.5': expected a number from 0 to 1")]
    [InlineData("logs: {ratio: .nan}\n", "config.yaml, line 1, column 15: 'logs.ratio' is '.nan': expected a number from 0 to 1")]
    [InlineData("spool: {maxBytes: 1000}\n", "config.yaml, line 1, column 19: 'spool.maxBytes' is '1000': expected a size such as 5MiB, 100MB or 4096 of at least 1KiB")]
    [InlineData("flushInterval: 6s\n", "config.yaml, line 1, column 16: 'flushInterval' is '6s': expected a duration such as 1h30m, 90s, 2d, 1w or 500ms, or whole seconds from 1s to 5s")]
    [InlineData("flushInterval: [1s]\n", "config.yaml, line 1, column 16: 'flushInterval': expected a duration such as 1h30m, 90s, 2d, 1w or 500ms, or whole seconds from 1s to 5s")]
    [InlineData("auth: {token: [hunter2]}\n", "config.yaml, line 1, column 15: 'auth.token': expected a text")]
    [InlineData("auth: {token: a, tokenFile: b}\n", "config.yaml, line 1, column 29: 'auth.token' and 'auth.tokenFile' say the same: keep one of them")]
    [InlineData("enabled: *other\n", "config.yaml, line 1, column 10: an alias is not understood here; write the value")]
    [InlineData("enabled: true\n---\nenabled: true\n", "config.yaml, line 2, column 1: a second document begins here; a configuration is one")]
    [InlineData("- a\n", "config.yaml, line 1, column 1: expected keys with values, such as 'name: value'")]
    [InlineData("[a]: 1\n", "config.yaml, line 1, column 1: a key must be a name")]
    [InlineData("enabled: \"true\n", "config.yaml, line 1, column 10: While scanning a quoted scalar, found unexpected end of stream.")]
    [InlineData("enabled: [1\nlogs: 2\n", "config.yaml, line 2, column 1: this is not YAML; is a bracket or quote not closed?")]
    [InlineData("enabled: 1\n  logs: 2\n", "config.yaml, line 2, column 7: While scanning a plain scalar value, found invalid mapping.")]
    public void A_mistake_has_its_place_and_what_is_accepted(string yaml, string mistake) => Assert.Equal([mistake], _sample.Mistakes(yaml));

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        _sample.Variables["T_BYTES"] = "much";
        _sample.Flags["flushinterval"] = "1s";
        Assert.Equal(
            [
                "config.yaml, line 1, column 1: 'enable' is no setting; did you mean 'enabled'?",
                "'flushinterval' is no setting; did you mean 'flushInterval'?",
                "config.yaml, line 2, column 15: 'logs.ratio' is 'x': expected a number from 0 to 1",
                "T_BYTES is 'much': expected a size such as 5MiB, 100MB or 4096 of at least 1KiB",
            ],
            _sample.Mistakes("enable: 1\nlogs: {ratio: x}\n"));
    }

    [Fact]
    public void The_message_has_a_line_for_each()
    {
        _sample.Variables["T_BYTES"] = "much";
        _sample.Variables["T_ENABLED"] = "perhaps";
        Assert.Equal(2, Assert.Throws<SettingsException>(() => _sample.Load()).Message.Split('\n').Length);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_a_mistake()
    {
        string missing = Path.Join(Path.GetDirectoryName(_sample.Path), "no.yaml");
        SettingsException error = Assert.Throws<SettingsException>(
            () => SettingsLoader.Load(Sample.Table, new SettingSources { File = missing, Environment = static _ => null }));
        Assert.StartsWith($"{missing}: the configuration cannot be read: Could not find file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_text_is_a_mistake()
    {
        File.WriteAllBytes(_sample.Path, [(byte)'a', 0xff]);
        SettingsException error = Assert.Throws<SettingsException>(
            () => SettingsLoader.Load(Sample.Table, new SettingSources { File = _sample.Path, Environment = static _ => null }));
        Assert.EndsWith("it is not UTF-8 at byte 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_does_not_exhaust_the_stack() =>
        Assert.Equal(["config.yaml, line 1, column 33: this is nested too deep"], _sample.Mistakes(new string('[', 100_000)));
}
