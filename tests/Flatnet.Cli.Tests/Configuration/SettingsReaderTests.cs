using Flatnet.Cli.Configuration;
using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Tests.Configuration;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("flatnet-home");
    private readonly Dictionary<string, string> _environment;

    public SettingsReaderTests() => _environment = new Dictionary<string, string> { ["HOME"] = _home.FullName };

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public void Defaults_are_those_of_the_manual()
    {
        Settings settings = Read();

        Assert.Null(settings.GatewayUrl);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.GatewayTimeout);
        Assert.Equal(["http://localhost:9090/", "http://localhost:3000/", "http://localhost:3100/"], new[] { settings.PrometheusUrl, settings.GrafanaUrl, settings.LokiUrl }.Select(url => url.ToString()));
        Assert.Equal(TimeSpan.FromSeconds(30), settings.LokiTimeout);
        Assert.Equal(("flatnet", true, TimeSpan.FromHours(168)), (settings.Network, settings.Color, settings.MaxLookback));
        Assert.Equal(["cni", "gateway", "grafana", "loki", "prometheus"], settings.Components.Keys);
    }

    [Fact]
    public void Environment_wins_over_the_file_and_the_file_over_the_default()
    {
        WriteFile("[gateway]\nurl = \"http://10.0.0.1:8080/\"\ntimeout_secs = 2\n[loki]\ntimeout_secs = 1.5\n");
        _environment["FLATNET_GATEWAY_URL"] = "http://10.0.0.2:8080";

        Settings settings = Read();

        Assert.Equal("http://10.0.0.2:8080/", settings.GatewayUrl!.ToString());
        Assert.Equal(TimeSpan.FromSeconds(2), settings.GatewayTimeout);
        Assert.Equal(TimeSpan.FromSeconds(1.5), settings.LokiTimeout);
    }

    [Fact]
    public void Xdg_config_home_wins_over_home()
    {
        WriteFile("[flatnet]\nnetwork = \"home\"\n");
        string other = Path.Join(_home.FullName, "xdg");
        Directory.CreateDirectory(Path.Join(other, "flatnet"));
        File.WriteAllText(Path.Join(other, "flatnet", "config.toml"), "[flatnet]\nnetwork = \"xdg\"\n");
        _environment["XDG_CONFIG_HOME"] = other;

        Assert.Equal("xdg", Read().Network);
    }

    [Fact]
    public void A_component_can_be_changed_in_part_and_added()
    {
        WriteFile("[logs.components.gateway]\nselector = '{job=\"nginx\"}'\n[logs.components]\nbackup = { files = [\"/var/log/backup.log\"], container = \"backup\" }\n");

        Settings settings = Read();

        Assert.Equal("{job=\"nginx\"}", settings.Components["gateway"].Selector);
        Assert.Equal("backup", settings.Components["Backup"].Container);
        Assert.Equal(["/var/log/backup.log"], settings.Components["backup"].Files.ToArray());
    }

    [Theory]
    [InlineData("FLATNET_GATEWAY_TIMEOUT", "soon", "a number of seconds")]
    [InlineData("FLATNET_GATEWAY_TIMEOUT", "-1", "a number of seconds")]
    [InlineData("FLATNET_LOKI_URL", "localhost", "an address")]
    [InlineData("FLATNET_LOKI_URL", "http://user:s3cret@localhost:3100", "an address without user and password")]
    [InlineData("FLATNET_COLOR", "maybe", "true or false")]
    [InlineData("FLATNET_NETWORK", "../etc", "a name")]
    public void A_variable_that_makes_no_sense_is_named(string variable, string value, string expected)
    {
        _environment[variable] = value;

        var error = Assert.Throws<CommandException>(Read);

        Assert.StartsWith($"{variable}: expected {expected}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[gateway]\ntimeout_secs = \"x\"\n", "line 2, column 16: gateway.timeout_secs: expected a number of seconds")]
    [InlineData("[logs.components.web]\nfiles = \"x\"\n", "line 2, column 9: logs.components.web.files: expected an array of strings")]
    [InlineData("[logs.components.web]\nport = 1\n", "line 2, column 8: logs.components.web.port is unknown")]
    public void A_value_that_makes_no_sense_has_its_place(string text, string expected)
    {
        WriteFile(text);

        var error = Assert.Throws<CommandException>(Read);

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(1, error.ExitCode);
    }

    [Fact]
    public void A_token_is_not_shown_in_an_error()
    {
        WriteFile("[loki]\ntoken = [\"s3cret\"]\n");

        Assert.DoesNotContain("s3cret", Assert.Throws<CommandException>(Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_named_must_be_there() =>
        Assert.Contains("/no/such/file cannot be read", Assert.Throws<CommandException>(() => SettingsReader.Read("/no/such/file", _environment.GetValueOrDefault)).Message, StringComparison.Ordinal);

    private Settings Read() => SettingsReader.Read(null, _environment.GetValueOrDefault);

    private void WriteFile(string text)
    {
        string directory = Path.Join(_home.FullName, ".config", "flatnet");
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Join(directory, "config.toml"), text);
    }
}
