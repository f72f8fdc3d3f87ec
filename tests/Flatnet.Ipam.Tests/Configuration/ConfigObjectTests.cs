using System.Text.Json;

namespace Flatnet.Ipam.Tests;

public sealed class ConfigObjectTests
{
    [Fact]
    public void Keys_match_in_any_case_and_the_last_one_wins()
    {
        ConfigObject config = Configurations.Wrap("""{"MTU":1,"mtu":2,"Mtu":null,"Name":"x"}""");
        Assert.Equal(2, config.Int("mtu"));
        Assert.Equal("x", config.String("name"));
        Assert.Equal(["mtu", "Name"], config.Members.Select(member => member.Name));
    }

    [Fact]
    public void Null_is_absent()
    {
        ConfigObject config = Configurations.Wrap("""{"a":null}""");
        Assert.False(config.Has("a"));
        Assert.Null(config.String("a"));
        Assert.True(config.Bool("a", fallback: true));
        Assert.Null(config.Int("a"));
        Assert.Null(config.Object("a"));
        Assert.Null(config.Array("a"));
        Assert.Empty(config.Strings("a"));
    }

    [Theory]
    [InlineData("""{"k":"x"}""", "ipam.k: expected a whole number, got \"x\"")]
    [InlineData("""{"k":1.5}""", "ipam.k: expected a whole number, got 1.5")]
    [InlineData("""{"k":99999999999}""", "ipam.k: expected a whole number, got 99999999999")]
    [InlineData("""{"k":[1]}""", "ipam.k: expected a whole number, got [1]")]
    public void Wrong_numbers_name_key_value_and_expectation(string ipam, string message)
    {
        ConfigObject config = Configurations.Wrap($$"""{"ipam":{{ipam}}}""").Object("ipam")!;
        Assert.Equal(message, Assert.Throws<ConfigException>(() => config.Int("k")).Message);
    }

    [Fact]
    public void A_float_that_is_whole_is_a_number() => Assert.Equal(1500, Configurations.Wrap("""{"mtu":1.5e3}""").Int("mtu"));

    [Theory]
    [InlineData("""{"k":1}""", "k: expected a string, got 1")]
    [InlineData("""{"k":"\ud800"}""", "k: expected a string of valid Unicode text")]
    public void Wrong_strings_are_refused(string json, string message) =>
        Assert.Equal(message, Assert.Throws<ConfigException>(() => Configurations.Wrap(json).String("k")).Message);

    [Fact]
    public void Other_wrong_types_are_refused()
    {
        ConfigObject config = Configurations.Wrap("""{"k":"yes","l":["a",1]}""");
        Assert.Equal("k: expected true or false, got \"yes\"", Assert.Throws<ConfigException>(() => config.Bool("k")).Message);
        Assert.Equal("k: expected an object, got \"yes\"", Assert.Throws<ConfigException>(() => config.Object("k")).Message);
        Assert.Equal("k: expected an array, got \"yes\"", Assert.Throws<ConfigException>(() => config.Array("k")).Message);
        Assert.Equal("l[1]: expected a string, got 1", Assert.Throws<ConfigException>(() => config.Strings("l")).Message);
    }

    [Fact]
    public void Long_values_are_cut()
    {
        ConfigObject config = Configurations.Wrap($$"""{"k":"{{new string('x', 500)}}"}""");
        Assert.InRange(Assert.Throws<ConfigException>(() => config.Int("k")).Message.Length, 50, 150);
    }

    [Fact]
    public void A_key_that_is_no_text_is_refused() =>
        Assert.Throws<JsonException>(() => Configurations.Wrap("""{"\ud800":1}"""));
}
