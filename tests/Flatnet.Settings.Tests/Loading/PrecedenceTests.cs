namespace Flatnet.Settings.Tests.Loading;

public sealed class PrecedenceTests : IDisposable
{
    private readonly Sample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void Without_a_word_the_defaults_hold()
    {
        SettingValues values = _sample.Load();
        Assert.Equal("INFO", values.Text("logs.level"));
        Assert.Equal(8192, values.Whole("logs.filters.maxMessageLength"));
        Assert.Equal([".*password.*", ".*secret.*"], values.List("logs.filters.excludePatterns").AsEnumerable());
        Assert.Equal(0.5, values.Number("logs.ratio"));
        Assert.Equal(1L << 30, values.Size("spool.maxBytes"));
        Assert.Equal(TimeSpan.FromSeconds(1), values.Duration("flushInterval"));
        Assert.True(values.Flag("enabled"));
        Assert.Null(values.Text("spool.dir"));
        Assert.False(values.Has("spool.dir"));
        Assert.Equal("default", values.Origin("logs.level"));
    }

    [Fact]
    public void A_flag_wins_over_a_variable_that_over_the_file()
    {
        const string Yaml = "logs:\n  level: DEBUG\nenabled: false\nflushInterval: 2s\n";
        _sample.Variables["T_ENABLED"] = "true";
        _sample.Variables["T_FLUSH"] = "3";
        _sample.Flags["flushInterval"] = "4s";

        SettingValues values = _sample.Load(Yaml);

        Assert.Equal("DEBUG", values.Text("logs.level"));
        Assert.Equal($"{_sample.Path}:2", values.Origin("logs.level"));
        Assert.True(values.Flag("enabled"));
        Assert.Equal("variable T_ENABLED", values.Origin("enabled"));
        Assert.Equal(TimeSpan.FromSeconds(4), values.Duration("flushInterval"));
        Assert.Equal("flag", values.Origin("flushInterval"));
    }

    [Fact]
    public void What_loses_need_not_make_sense()
    {
        _sample.Variables["T_FLUSH"] = "never";
        _sample.Flags["flushInterval"] = "4s";
        Assert.Equal(TimeSpan.FromSeconds(4), _sample.Load("flushInterval: [1]\n").Duration("flushInterval"));
    }

    [Fact]
    public void The_first_variable_that_is_set_wins()
    {
        _sample.Variables["T_LEVEL"] = "";
        _sample.Variables["T_OLD_LEVEL"] = "debug";
        SettingValues values = _sample.Load();
        Assert.Equal("DEBUG", values.Text("logs.level"));
        Assert.Equal("variable T_OLD_LEVEL", values.Origin("logs.level"));
    }

    [Fact]
    public void JSON_is_read_as_YAML_is()
    {
        SettingValues values = _sample.Load("{\n\t\"logs\": {\"filters\": {\"excludePatterns\": [\"a,b\", \"\\u00e9\\/\"], \"maxMessageLength\": 100}},\n\t\"enabled\": false\n}\n");
        Assert.Equal(["a,b", "é/"], values.List("logs.filters.excludePatterns").AsEnumerable());
        Assert.Equal(100, values.Whole("logs.filters.maxMessageLength"));
        Assert.False(values.Flag("enabled"));
        Assert.Equal($"{_sample.Path}:3", values.Origin("enabled"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n")]
    [InlineData("null\n")]
    [InlineData("logs:\nenabled:\nflushInterval: ~\n")]
    public void What_has_no_value_in_the_file_has_its_default(string yaml)
    {
        SettingValues values = _sample.Load(yaml);
        Assert.Equal("INFO", values.Text("logs.level"));
        Assert.Equal("default", values.Origin("enabled"));
    }

    [Fact]
    public void A_setting_is_asked_for_by_its_own_kind()
    {
        SettingValues values = _sample.Load();
        Assert.Equal("'enabled' is Flag, not Text.", Assert.Throws<InvalidOperationException>(() => values.Text("enabled")).Message);
        Assert.StartsWith("'enable' is no setting; did you mean 'enabled'?", Assert.Throws<ArgumentException>(() => values.Flag("enable")).Message, StringComparison.Ordinal);
    }
}
